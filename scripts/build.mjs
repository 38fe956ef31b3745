import './node-version.mjs';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, rehearseBundle } from './build/bundle.mjs';
import { buildPages } from './build/pages.mjs';
import { withFileLock } from './file-lock.mjs';
import { repositoryRoot } from './root.mjs';

const tools = ['scripts/build', 'scripts/build.mjs', 'scripts/load-bundle.mjs', 'package-lock.json'];
const nodeSources = ['packages/*', 'apps/server', 'apps/cli', ...tools];
const pageSources = ['packages/core', 'packages/contract', 'packages/platform', 'apps/web', ...tools];
const apps = [
  { name: 'server', entry: 'src/main.ts', sources: nodeSources, build: bundle, rehearse: rehearseBundle },
  { name: 'cli', entry: 'src/main.ts', sources: nodeSources, build: bundle, rehearse: rehearseBundle },
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
    await Promise.all(outdated.map(({ app }) => app.rehearse?.(root, app.name)));
    for (const { app, fingerprint } of outdated) writeFileSync(stampPath(root, app), fingerprint);
    return outdated.map(({ app }) => app.name);
  });
}

function outdatedApps(root, only) {
  const hashes = new Map();
  const hashOf = (path) => {
    if (!hashes.has(path)) hashes.set(path, hashOfPath(root, path));
    return hashes.get(path);
  };
  return apps
    .filter(({ name }) => only?.includes(name) ?? true)
    .filter(({ name, entry }) => existsSync(join(root, 'apps', name, entry)))
    .map((app) => ({ app, fingerprint: app.sources.flatMap(foldersOf(root)).map(hashOf).join('\n') }))
    .filter(({ app, fingerprint }) => {
      const stamp = stampPath(root, app);
      return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint;
    });
}

/** `folder/*` stands for each entry of the folder, so that none is read twice. */
function foldersOf(root) {
  return (path) => {
    if (!path.endsWith('/*')) return [path];
    const folder = path.slice(0, -2);
    return readdirSync(join(root, folder))
      .sort()
      .map((name) => `${folder}/${name}`);
  };
}

function stampPath(root, { name }) {
  return join(root, 'apps', name, 'dist', '.built-from');
}

/** Hash over names, sizes and change times of a file or of what is in a folder; tests are not sources. */
function hashOfPath(root, path) {
  const hash = createHash('sha256');
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found) addToHash(hash, join(root, path), found.isDirectory());
  return `${path} ${hash.digest('hex')}`;
}

function addToHash(hash, path, isFolder) {
  if (!isFolder) {
    const found = statSync(path, { throwIfNoEntry: false });
    hash.update(`${found?.size} ${found?.mtimeMs}\n`);
    return;
  }
  const entries = readdirSync(path, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name } = entry;
    if (name === 'node_modules' || name === 'dist' || /\.(test\.tsx?|md)$/.test(name)) continue;
    hash.update(`${name}\n`);
    addToHash(hash, `${path}/${name}`, entry.isDirectory());
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2);
  const built = await ensureBuilt(names.length > 0 ? { only: names } : {});
  console.log(built.length > 0 ? `built ${built.join(', ')}` : 'nothing to build');
}
