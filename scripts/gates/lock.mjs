import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lock files that `npm ci` takes on every system and from every registry, and that suit the bundles. */
export const lock = {
  name: 'lock',
  run: async (root) => lockFiles(root).flatMap((path) => judgeLock(root, path)),
};

function lockFiles(root) {
  const clients = join(root, 'tests', 'clients');
  const own = existsSync(clients)
    ? readdirSync(clients).map((name) => `tests/clients/${name}/package-lock.json`)
    : [];
  return ['package-lock.json', ...own].filter((path) => existsSync(join(root, path)));
}

function judgeLock(root, lockPath) {
  const { packages } = JSON.parse(readFileSync(join(root, lockPath), 'utf8'));
  return Object.entries(packages).flatMap(([path, entry]) => [
    ...missingOptionals(packages, path, entry).map(
      (name) => `${lockPath}: ${path || '.'} lacks an entry for ${name}`,
    ),
    ...(String(entry.resolved ?? '').startsWith('http')
      ? [`${lockPath}: ${path} names a download host`]
      : []),
    ...(isHiddenFromBundle(path, entry)
      ? [
          `${lockPath}: ${path} is nested: a bundle would hold it twice or not find it; use the version of the root`,
        ]
      : []),
  ]);
}

/** npm writes a lock without the platform packages that a registry did not have yet, and then refuses it. */
function missingOptionals(packages, path, entry) {
  return Object.keys(entry.optionalDependencies ?? {}).filter((name) => !isLocked(packages, path, name));
}

function isLocked(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    if (packages[folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

/** Compiled packages are found from where the bundles lie, in apps/; others would be in them in two versions. */
function isHiddenFromBundle(path, entry) {
  return /^packages\/[^/]+\/node_modules\//.test(path) && !entry.dev && !entry.link;
}
