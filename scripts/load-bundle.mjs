import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** Wraps the code of a CommonJS file into the function that it is run as. @param {string} code */
export function wrapModule(code) {
  return `(function (exports, require, module, __filename, __dirname) {${code}\n})`;
}

/** Name of the file that holds what V8 makes of a file on this Node. @param {string} path of the file, or its name */
export function codeCacheOf(path) {
  return `${path}.${process.version}-${process.arch}.v8`;
}

/**
 * Runs a bundle of CommonJS files that require each other by `./name`, each compiled from what V8 made of it at
 * build time: to read five megabytes of code anew takes a fifth of a start. A file without a cache, or with one of
 * another Node, is compiled as usual. With source maps asked for, Node loads it all, since only it knows of them.
 * @param {string} path absolute, of the entry; its text is ASCII
 * @param {(path: string, script: Script) => void} [onCompiled] told of each file before it runs
 * @returns {object} its exports
 * @throws whatever the code throws, and Error when a file is absent
 */
export function loadBundle(path, onCompiled = () => {}) {
  return process.sourceMapsEnabled
    ? createRequire(path)(path)
    : load(path, { loaded: new Map(), onCompiled });
}

function load(path, run) {
  const known = run.loaded.get(path);
  if (known) return known.exports;
  const module = { exports: {} };
  run.loaded.set(path, module);
  const folder = dirname(path);
  const requireOutside = createRequire(path);
  const require = (id) => (id.startsWith('./') ? load(join(folder, id), run) : requireOutside(id));
  require.resolve = requireOutside.resolve;
  const script = compile(path);
  run.onCompiled(path, script);
  script.runInThisContext().call(module.exports, module.exports, require, module, path, folder);
  return module.exports;
}

function compile(path) {
  const cache = codeCacheOf(path);
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  const code = wrapModule(readFileSync(path, 'latin1'));
  return new Script(code, { filename: path, cachedData });
}
