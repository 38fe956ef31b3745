import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const left = new Set(['node_modules', 'dist', '.cache', 'coverage']);

/**
 * One source file of the checkout.
 * @typedef {{path: string, text: string, isTest: boolean}} SourceFile `path` is relative, with slashes
 */

/**
 * Reads the code files below the given folders of a checkout.
 * @param {string} root
 * @param {RegExp} wanted tried on each relative path
 * @returns {SourceFile[]} sorted by path
 */
export function readSourceFiles(root, wanted) {
  return listFiles(root)
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && wanted.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8'), isTest: isTest(path) }));
}

/**
 * Lists every file of the house's own folders.
 * @param {string} root
 * @returns {string[]} relative paths with slashes, sorted
 */
export function listFiles(root) {
  const folders = ['packages', 'apps', 'tests', 'bench', 'scripts', 'examples', 'docs'];
  return folders.filter((folder) => existsSync(join(root, folder))).flatMap((folder) => walk(root, folder));
}

function walk(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return left.has(entry.name) ? [] : walk(root, path);
      return entry.isFile() ? [path] : [];
    });
}

function isTest(path) {
  return (
    /^tests\//.test(path) || /\.test\.tsx?$|\/test-[^/]+\.ts$/.test(path) || /^packages\/testkit\//.test(path)
  );
}
