import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { filesOf, isFolder, unpackBackup } from './archive.ts';
import { BackupRefused } from './errors.ts';
import { matchesKey } from './key-check.ts';
import { type BackupFile, type BackupManifest, readManifest } from './manifest.ts';
import { measure } from './measured-file.ts';

/** A backup whose every file has been found whole. */
export interface OpenBackup {
  folder: string;
  manifest: BackupManifest;
  /** Removes what was unpacked. */
  close(): Promise<void>;
}

async function verifyFile(folder: string, file: BackupFile): Promise<void> {
  const found = await measure(folder, file.path).catch(() => undefined);
  if (found?.sha256 === file.sha256 && found.sizeBytes === file.sizeBytes) return;
  const what = found ? 'does not match its checksum' : 'is missing';
  throw new BackupRefused(
    `The backup is damaged: ${file.path} ${what}. Nothing was changed; use another backup.`,
  );
}

/**
 * Opens a backup, a file or a folder, and verifies every part of it against its checksum.
 * @param scratch prefix of the folder that a file is unpacked to, on a disk with room for it
 * @throws BackupRefused
 */
export async function openBackup(source: string, scratch: string): Promise<OpenBackup> {
  const isItself = await isFolder(source);
  if (isItself === undefined) throw new BackupRefused(`There is no backup ${source}: check its name.`);
  const folder = isItself ? source : await mkdtemp(scratch);
  const close = async () => {
    if (!isItself) await rm(folder, { recursive: true, force: true });
  };
  try {
    if (!isItself) await unpackBackup(source, folder);
    const manifest = await readManifest(folder);
    for (const file of filesOf(manifest)) await verifyFile(folder, file);
    return { folder, manifest, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The key that the backup's secrets were sealed with: the backup's own, or the one that is offered.
 * @returns undefined when the backup was made without a key
 * @throws BackupRefused when the key is missing or another
 */
export async function keyOfBackup(
  { folder, manifest }: OpenBackup,
  offered: string | undefined,
): Promise<string | undefined> {
  if (manifest.secretKey) return readFile(join(folder, manifest.secretKey.path), 'utf8');
  if (!manifest.keyCheck || (offered !== undefined && matchesKey(manifest.keyCheck, offered))) return offered;
  throw new BackupRefused(
    offered === undefined
      ? 'The backup was made without its secret key: set MOOT_SECRET_KEY to the key of the world that was backed up (the text of its secret-key file).'
      : "MOOT_SECRET_KEY is not the key of the world that was backed up: set it to the text of that world's secret-key file.",
  );
}
