import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const keepOldFilesMs = 24 * 60 * 60 * 1000;

/**
 * Writes what a build made, the entries last and each file by a rename, so that whoever reads meanwhile finds a
 * whole build. What older builds left goes after a day: a process or a page that runs since before may still
 * load the files of its own build.
 * @param {string} folder
 * @param {Array<{type: string, fileName: string, code?: string, source?: string | Uint8Array, isEntry?: boolean}>} output
 */
export function writeOutput(folder, output) {
  mkdirSync(folder, { recursive: true });
  const files = [...output].sort((a, b) => rank(a) - rank(b));
  for (const file of files) {
    const path = join(folder, file.fileName);
    writeFileSync(`${path}.new`, file.type === 'chunk' ? file.code : file.source);
    renameSync(`${path}.new`, path);
  }
  removeOldFiles(folder, new Set(files.map((file) => file.fileName)));
}

function rank(file) {
  return file.type === 'chunk' && file.isEntry ? 1 : 0;
}

function removeOldFiles(folder, current) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith('.') || current.has(name) || statSync(path).isDirectory()) continue;
    if (performance.timeOrigin - statSync(path).mtimeMs > keepOldFilesMs) rmSync(path);
  }
}
