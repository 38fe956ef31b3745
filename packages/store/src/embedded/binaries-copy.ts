import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { ownUser } from './run-user.ts';

/** PostgreSQL as npm installed it: the folder with `bin`, `lib` and `share`, and the package's version. */
export type Binaries = { native: string; version: string; platform: string };

/** Folder of everything that has to lie outside the checkout and the data folder. */
export const CACHE_ROOT = '/var/tmp';

/** Copies the binaries (60 MB) to a folder of this version in the cache and returns its `native` folder.
 *  Every file is written aside and renamed, files of the right size are kept: safe to run twice at once, after a
 *  kill, and after a cleaner took some of the files.
 *  @throws Error  when somebody else owns or can write to the folder's name */
export function copyBinaries(binaries: Binaries, log: (line: string) => void): string {
  const name = `moothall-postgresql-${binaries.version}-${binaries.platform}-${ownUser().uid}`;
  const folder = join(CACHE_ROOT, name);
  makeFolder(folder);
  const { uid, mode } = lstatSync(folder);
  if (uid !== ownUser().uid || (mode & 0o022) !== 0 || !lstatSync(folder).isDirectory()) {
    throw new Error(`${folder} belongs to somebody else or is writable by others: remove it and start again`);
  }
  const native = join(folder, 'native');
  if (mirror(binaries.native, native)) log(`PostgreSQL's programs are used from a copy in ${folder}`);
  return native;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path);
    chmodSync(path, 0o755);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function mirror(source: string, target: string): boolean {
  makeFolder(target);
  let changed = false;
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) changed = mirror(from, to) || changed;
    else if (entry.isFile()) changed = mirrorFile(from, to) || changed;
  }
  return changed;
}

function mirrorFile(from: string, to: string): boolean {
  const { size, mode } = statSync(from);
  if (statSync(to, { throwIfNoEntry: false })?.size === size) return false;
  const part = `${to}.${randomBytes(6).toString('hex')}.part`;
  try {
    copyFileSync(from, part);
    chmodSync(part, (mode & 0o111) === 0 ? 0o644 : 0o755);
    renameSync(part, to);
  } finally {
    rmSync(part, { force: true });
  }
  return true;
}
