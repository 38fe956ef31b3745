import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { create, extract } from 'tar';
import { BackupRefused } from './errors.ts';
import { type BackupManifest, manifestFiles } from './manifest.ts';

const OWN_FILES = /^(manifest\.(json|sha256)|secret-key|tables\/[a-z0-9_]+\.copy\.gz|blobs\/[0-9a-f]{64})$/;

/** The files that a manifest names, without those of the manifest itself. */
export function filesOf({ tables, blobs, secretKey }: BackupManifest) {
  return [...tables.map((table) => table.file), ...blobs, ...(secretKey ? [secretKey] : [])];
}

/** Makes sure that what was written to a file or a folder survives a crash. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Packs a backup's folder into one tar file, which gets its name when it is whole. */
export async function packBackup(folder: string, manifest: BackupManifest, file: string): Promise<void> {
  const unfinished = `${file}.unfinished`;
  const paths = [...filesOf(manifest).map(({ path }) => path), ...manifestFiles];
  try {
    await create({ cwd: folder, file: unfinished, mode: 0o600, portable: true }, paths);
    await syncToDisk(unfinished);
    await rename(unfinished, file);
    await syncToDisk(dirname(file));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/**
 * Unpacks a tar file into a folder; anything that is no part of a backup is left out.
 * @throws BackupRefused when the file is cut off or no tar file
 */
export async function unpackBackup(file: string, folder: string): Promise<void> {
  try {
    await extract({
      cwd: folder,
      file,
      strict: true,
      filter: (path, entry) => OWN_FILES.test(path) && 'type' in entry && entry.type === 'File',
    });
  } catch (error) {
    throw new BackupRefused(
      `The backup ${file} cannot be read: ${(error as Error).message}. Use another backup.`,
    );
  }
}

/** Whether a path is a folder; undefined when nothing is there. */
export async function isFolder(path: string): Promise<boolean | undefined> {
  return (await stat(path).catch(() => undefined))?.isDirectory();
}
