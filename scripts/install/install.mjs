import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folderSizeBytes } from './folder-size.mjs';
import { npm } from './npm.mjs';

/**
 * Brings the tree of a checkout to what its lock says, and makes the command known in it.
 * @param {string} root checkout
 * @param {{before: 'prod' | 'outdated' | 'none', dev: boolean}} options what there is, and whether the development
 *   dependencies are wanted
 * @returns {Promise<{kind: 'dev' | 'prod', sizeMegabytes: number}>} what there is now
 * @throws {Error} with npm's output
 */
export async function install(root, { before, dev }) {
  // Leaving the development packages out would remove them from a developer's tree.
  const keepDev = dev || (before === 'outdated' && existsSync(join(root, 'node_modules', 'typescript')));
  const selection = keepDev ? '--include=dev' : '--omit=dev';
  if (before === 'none') await npm(root, ['ci', selection]);
  else await npm(root, ['install', '--no-save', selection]);
  linkCommand(root);
  const sizeMegabytes = Math.round(folderSizeBytes(join(root, 'node_modules')) / 1e6);
  return { kind: keepDev ? 'dev' : 'prod', sizeMegabytes };
}

/** Makes `npx moot` find the command in the checkout instead of asking a registry. */
function linkCommand(root) {
  const link = join(root, 'node_modules', '.bin', 'moot');
  if (!existsSync(join(root, 'scripts', 'moot.mjs'))) return;
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'scripts', 'moot.mjs'), link);
}
