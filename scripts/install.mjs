import './node-version.mjs';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withFileLock } from './file-lock.mjs';
import { folderSizeBytes } from './install/folder-size.mjs';
import { installedKind } from './install/installed-tree.mjs';
import { npm } from './install/npm.mjs';
import { repositoryRoot } from './root.mjs';

/**
 * Installs what is missing, without install scripts. A complete tree that npm made itself is taken as it is;
 * a tree that has fallen behind its lock is brought up in place, so that processes which run from it go on.
 * @param {{root?: string, dev?: boolean, onStart?: () => void}} [options] `dev` asks for the development
 *   dependencies too; `onStart` is called when npm is about to run
 * @returns {Promise<{installed: boolean, sizeMegabytes?: number}>} the size only when something was installed
 * @throws {Error} with npm's output
 */
export async function ensureInstalled({ root = repositoryRoot, dev = false, onStart } = {}) {
  if (markerSuffices(root, dev)) return { installed: false };
  return withFileLock(join(root, '.cache', 'install.lock'), async () => {
    if (markerSuffices(root, dev)) return { installed: false };
    const before = installedKind(root);
    if (before === 'dev' || (before === 'prod' && !dev)) {
      writeMarker(root, before);
      return { installed: false };
    }
    onStart?.();
    await bringUpToDate(root, before, dev);
    linkCommand(root);
    return {
      installed: true,
      sizeMegabytes: Math.round(folderSizeBytes(join(root, 'node_modules')) / 1e6),
    };
  });
}

async function bringUpToDate(root, before, dev) {
  // Leaving the development packages out would remove them from a developer's tree.
  const keepDev = dev || (before === 'outdated' && existsSync(join(root, 'node_modules', 'typescript')));
  const selection = keepDev ? '--include=dev' : '--omit=dev';
  rmSync(markerPath(root), { force: true });
  if (before === 'none') await npm(root, ['ci', selection]);
  else await npm(root, ['install', '--no-save', selection]);
  writeMarker(root, keepDev ? 'dev' : 'prod');
}

/** Makes `npx moot` find the command in the checkout instead of asking a registry. */
function linkCommand(root) {
  const link = join(root, 'node_modules', '.bin', 'moot');
  if (!existsSync(join(root, 'scripts', 'moot.mjs'))) return;
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'scripts', 'moot.mjs'), link);
}

function markerPath(root) {
  return join(root, 'node_modules', '.moot-install');
}

function markerSuffices(root, dev) {
  if (!existsSync(markerPath(root))) return false;
  const [state, kind] = readFileSync(markerPath(root), 'utf8').trim().split(' ');
  return state === treeState(root) && (kind === 'dev' || !dev);
}

function writeMarker(root, kind) {
  writeFileSync(markerPath(root), `${treeState(root)} ${kind}\n`);
}

/** Changes when the lock does, when npm touches the tree, and when the checkout moves to another machine type. */
function treeState(root) {
  const record = statSync(join(root, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch} ${record?.mtimeMs}`)
    .digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const result = await ensureInstalled({ dev: !process.argv.includes('--omit=dev') });
    console.log(result.installed ? `installed, ${result.sizeMegabytes} MB` : 'nothing to install');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
