import './node-version.mjs';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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
  // Loaded only when they are needed: each command asks whether they are.
  const [{ withFileLock }, { install }, { installedKind }] = await Promise.all([
    import('./file-lock.mjs'),
    import('./install/install.mjs'),
    import('./install/installed-tree.mjs'),
  ]);
  return withFileLock(join(root, '.cache', 'install.lock'), async () => {
    if (markerSuffices(root, dev)) return { installed: false };
    const before = installedKind(root);
    if (before === 'dev' || (before === 'prod' && !dev)) {
      writeMarker(root, before);
      return { installed: false };
    }
    onStart?.();
    rmSync(markerPath(root), { force: true });
    const { kind, sizeMegabytes } = await install(root, { before, dev });
    writeMarker(root, kind);
    return { installed: true, sizeMegabytes };
  });
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
  const lock = statSync(join(root, 'package-lock.json'));
  const record = statSync(join(root, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  return [lock.size, lock.mtimeMs, record?.mtimeMs, process.platform, process.arch].join('/');
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
