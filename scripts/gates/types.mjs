import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './tool.mjs';

const programs = ['tsconfig.json', 'apps/web/tsconfig.json'];

/** The repository as two TypeScript programs: what runs in Node, and the pages with the tests that open them. */
export const types = {
  name: 'types',
  run: async (root) => {
    const there = programs.filter((path) => existsSync(join(root, path)));
    const findings = await Promise.all(there.map((path) => compile(root, path)));
    return findings.flat();
  },
};

function compile(root, path) {
  return runTool(root, 'tsc', ['-p', path, '--noEmit', '--pretty', 'false']);
}
