import './node-version.mjs';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './build/bundle.mjs';
import { withFileLock } from './file-lock.mjs';
import { repositoryRoot } from './root.mjs';

const apps = ['server', 'cli'];

/**
 * Bundles apps/server and apps/cli into their dist folders, unless their sources have not changed since.
 * @param {{root?: string}} [options]
 * @returns {Promise<string[]>} names of the applications that were built
 * @throws {Error} when a bundle fails
 */
export async function ensureBuilt({ root = repositoryRoot } = {}) {
  if (outdatedApps(root).length === 0) return [];
  return withFileLock(join(root, '.cache', 'build.lock'), async () => {
    // Taken before the build, so that an edit during it is built the next time.
    const fingerprint = sourceFingerprint(root);
    const outdated = outdatedApps(root);
    await Promise.all(outdated.map((app) => bundle(root, app)));
    for (const app of outdated) writeFileSync(stampPath(root, app), fingerprint);
    return outdated;
  });
}

function outdatedApps(root) {
  const fingerprint = sourceFingerprint(root);
  return apps.filter((app) => {
    if (!existsSync(join(root, 'apps', app, 'src', 'main.ts'))) return false;
    const stamp = stampPath(root, app);
    return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint;
  });
}

function stampPath(root, app) {
  return join(root, 'apps', app, 'dist', '.built-from');
}

/** Hash over names, sizes and change times of what the bundles are made of; tests are not. */
function sourceFingerprint(root) {
  const hash = createHash('sha256');
  for (const group of ['packages', 'apps', 'scripts/build', 'scripts/build.mjs', 'package-lock.json']) {
    addToHash(hash, root, group);
  }
  return hash.digest('hex');
}

function addToHash(hash, root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(join(root, path)).sort()) {
    if (name === 'node_modules' || name === 'dist' || /\.(test\.ts|md)$/.test(name)) continue;
    addToHash(hash, root, `${path}/${name}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const built = await ensureBuilt();
  console.log(built.length > 0 ? `built ${built.join(' and ')}` : 'nothing to build');
}
