import './node-version.mjs';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './build/bundle.mjs';
import { buildPages } from './build/pages.mjs';
import { withFileLock } from './file-lock.mjs';
import { repositoryRoot } from './root.mjs';

const tools = ['scripts/build', 'scripts/build.mjs', 'package-lock.json'];
const nodeSources = ['packages', 'apps/server', 'apps/cli', ...tools];
const pageSources = ['packages/core', 'packages/contract', 'packages/platform', 'apps/web', ...tools];
const apps = [
  { name: 'server', entry: 'src/main.ts', sources: nodeSources, build: bundle },
  { name: 'cli', entry: 'src/main.ts', sources: nodeSources, build: bundle },
  { name: 'web', entry: 'portal.html', sources: pageSources, build: buildPages },
];

/**
 * Builds the applications into their dist folders (apps/server and apps/cli bundled for Node, the pages of
 * apps/web for browsers), unless their sources have not changed since.
 * @param {{root?: string, only?: string[]}} [options] `only` names the applications to be looked at; all unless said
 * @returns {Promise<string[]>} names of the applications that were built
 * @throws {Error} when a bundle fails
 */
export async function ensureBuilt({ root = repositoryRoot, only } = {}) {
  if (outdatedApps(root, only).length === 0) return [];
  return withFileLock(join(root, '.cache', 'build.lock'), async () => {
    // Taken before the build, so that an edit during it is built the next time.
    const outdated = outdatedApps(root, only);
    await Promise.all(outdated.map(({ app }) => app.build(root, app.name)));
    for (const { app, fingerprint } of outdated) writeFileSync(stampPath(root, app), fingerprint);
    return outdated.map(({ app }) => app.name);
  });
}

function outdatedApps(root, only) {
  return apps
    .filter(({ name }) => only?.includes(name) ?? true)
    .filter(({ name, entry }) => existsSync(join(root, 'apps', name, entry)))
    .map((app) => ({ app, fingerprint: sourceFingerprint(root, app) }))
    .filter(({ app, fingerprint }) => {
      const stamp = stampPath(root, app);
      return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint;
    });
}

function stampPath(root, { name }) {
  return join(root, 'apps', name, 'dist', '.built-from');
}

/** Hash over names, sizes and change times of what an application is made of; tests are not. */
function sourceFingerprint(root, { sources }) {
  const hash = createHash('sha256');
  for (const path of sources) addToHash(hash, root, path);
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
    if (name === 'node_modules' || name === 'dist' || /\.(test\.tsx?|md)$/.test(name)) continue;
    addToHash(hash, root, `${path}/${name}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2);
  const built = await ensureBuilt(names.length > 0 ? { only: names } : {});
  console.log(built.length > 0 ? `built ${built.join(', ')}` : 'nothing to build');
}
