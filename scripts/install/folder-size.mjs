import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Adds up the sizes of the files below a folder; links are not followed.
 * @param {string} folder
 * @returns {number} bytes
 */
export function folderSizeBytes(folder) {
  let total = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) total += folderSizeBytes(path);
    else if (entry.isFile()) total += lstatSync(path).size;
  }
  return total;
}
