import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../root.mjs';
import { runTool } from './tool.mjs';

const folders = ['packages', 'apps', 'tests', 'bench'];

/** Promises that nobody waits for, and promises where a plain value is wanted. */
export const promises = {
  name: 'promises',
  run: (root) =>
    runTool(root, 'oxlint', [
      `--config=${join(repositoryRoot, 'scripts', 'gates', 'oxlint.json')}`,
      '--type-aware',
      '--deny-warnings',
      '--format=unix',
      ...folders.filter((folder) => existsSync(join(root, folder))),
    ]),
};
