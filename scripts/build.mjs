import './node-version.mjs';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from './root.mjs';

const tools = ['scripts/build', 'scripts/build.mjs', 'scripts/load-bundle.mjs', 'package-lock.json'];
const nodeSources = ['packages', 'apps/server', 'apps/cli', ...tools];
const pageSources = ['packages/core', 'packages/contract', 'packages/platform', 'apps/web', ...tools];
/** What builds is loaded only when something is to be built: each command asks whether that is so. */
const bundle = async (...app) => (await import('./build/bundle.mjs')).bundle(...app);
const rehearse = async (...app) => (await import('./build/bundle.mjs')).rehearseBundle(...app);
const buildPages = async (...app) => (await import('./build/pages.mjs')).buildPages(...app);
const apps = [
  { name: 'server', entry: 'src/main.ts', sources: nodeSources, build: bundle, rehearse },
  { name: 'cli', entry: 'src/main.ts', sources: nodeSources, build: bundle, rehearse },
  { name: 'web', entry: 'portal.html', sources: pageSources, build: buildPages },
];

/**
 * Builds the applications into their dist folders (apps/server and apps/cli bundled for Node, the pages of
 * apps/web for browsers), unless what they were made of has not changed since.
 * @param {{root?: string, only?: string[], entryOnly?: boolean}} [options] `only` names the applications to be looked
 *   at, all unless said; with `entryOnly` a change in what is loaded after the entry is no reason to build
 * @returns {Promise<string[]>} names of the applications that were built
 * @throws {Error} when a bundle fails
 */
export async function ensureBuilt({ root = repositoryRoot, only, entryOnly = false } = {}) {
  if (outdatedApps(root, only, entryOnly).length === 0) return [];
  const [{ withFileLock }, { sourcesOf }] = await Promise.all([
    import('./file-lock.mjs'),
    import('./build/sources.mjs'),
  ]);
  return withFileLock(join(root, '.cache', 'build.lock'), async () => {
    const outdated = outdatedApps(root, only);
    // Taken before the build, so that an edit during it is built the next time.
    const states = new Map(outdated.map((app) => [app, sourcesOf(root, app.sources).map(withState(root))]));
    const inputs = await Promise.all(outdated.map((app) => app.build(root, app.name)));
    await Promise.all(outdated.map((app) => app.rehearse?.(root, app.name)));
    for (const [index, app] of outdated.entries()) writeStamp(root, app, states.get(app), inputs[index]);
    return outdated.map(({ name }) => name);
  });
}

/** Whether an application is to be built. @param {string} name @param {string} [root] */
export function isOutdated(name, root = repositoryRoot) {
  return outdatedApps(root, [name]).length > 0;
}

function outdatedApps(root, only, entryOnly = false) {
  const stateOf = withState(root);
  return apps
    .filter(({ name }) => only?.includes(name) ?? true)
    .filter(({ name, entry }) => existsSync(join(root, 'apps', name, entry)))
    .filter((app) => !readStamp(root, app, entryOnly)?.every(([path, state]) => stateOf(path)[1] === state));
}

/** A file with its size and change time; each is looked up once. */
function withState(root) {
  const known = new Map();
  return (path) => {
    let entry = known.get(path);
    if (!entry) {
      const found = statSync(`${root}/${path}`, { throwIfNoEntry: false });
      entry = [path, `${found?.size} ${found?.mtimeMs}`];
      known.set(path, entry);
    }
    return entry;
  };
}

function stampPath(root, { name }) {
  return join(root, 'apps', name, 'dist', '.built-from');
}

/** The files that an application was made of, each with its state then; undefined when it was not built. */
function readStamp(root, app, entryOnly) {
  const path = stampPath(root, app);
  if (!existsSync(path)) return undefined;
  const [entry, later] = readFileSync(path, 'utf8').split('\n\n');
  const lines = `${entry}\n${entryOnly ? '' : later}`.split('\n').filter((line) => line !== '');
  return lines.map((line) => line.split('\t'));
}

/** @param {(path: string) => 'entry' | 'later' | undefined} partOf where a source went; the parts stand apart */
function writeStamp(root, app, states, partOf) {
  const linesOf = (part) =>
    states.filter(([path]) => partOf(path) === part).map((entry) => `${entry.join('\t')}\n`);
  const path = stampPath(root, app);
  writeFileSync(`${path}.new`, [...linesOf('entry'), '\n', ...linesOf('later')].join(''));
  renameSync(`${path}.new`, path);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2);
  const built = await ensureBuilt(names.length > 0 ? { only: names } : {});
  console.log(built.length > 0 ? `built ${built.join(', ')}` : 'nothing to build');
}
