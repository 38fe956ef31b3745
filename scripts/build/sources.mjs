import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lists the files that an application may be made of; tests are not among them.
 * @param {string} root checkout
 * @param {string[]} paths of files and folders below it
 * @returns {string[]} paths below the checkout, folder by folder; none for what is absent
 */
export function sourcesOf(root, paths) {
  return paths.flatMap((path) => {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    if (!found) return [];
    return found.isDirectory() ? filesIn(root, path) : [path];
  });
}

function filesIn(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const { name } = entry;
    if (name === 'node_modules' || name === 'dist' || /\.(test\.tsx?|md)$/.test(name)) return [];
    return entry.isDirectory() ? filesIn(root, `${folder}/${name}`) : [`${folder}/${name}`];
  });
}
