import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { BlobNotFound, type Blobs } from '../blobs/index.ts';
import type { DatabaseAddress } from '../pool.ts';
import { isFolder, packBackup, syncToDisk } from './archive.ts';
import { withConnection } from './connection.ts';
import { dumpTables } from './dump-tables.ts';
import { BackupRefused } from './errors.ts';
import { keyCheckOf } from './key-check.ts';
import { type BackupFile, type BackupManifest, writeManifest } from './manifest.ts';
import { writeMeasured } from './measured-file.ts';

/** What is backed up, and where to. */
export type BackupRequest = {
  database: DatabaseAddress;
  blobs: Blobs;
  /** A file that does not exist yet, or (an empty folder, or a name that ends with a slash) a folder. */
  target: string;
  /** UTC, for the manifest. */
  createdAt: Date;
  /** Key under which secrets in the tables are sealed, where it is known. */
  secretKey?: string | undefined;
  /** Puts the key itself into the backup: whoever has the file can then read the secrets. */
  includeSecretKey?: boolean;
};

async function wantsFolder(target: string): Promise<boolean> {
  const exists = await isFolder(target);
  if (exists === undefined) return target.endsWith('/');
  if (exists && (await readdir(target)).length === 0) return true;
  throw new BackupRefused(
    exists
      ? `${target} is a folder that is not empty: name an empty one, or a new file.`
      : `${target} exists: name a new file.`,
  );
}

async function copyBlobs(blobs: Blobs, folder: string): Promise<BackupFile[]> {
  const files: BackupFile[] = [];
  for await (const hash of blobs.list()) {
    try {
      files.push(await writeMeasured(folder, `blobs/${hash}`, await blobs.open(hash)));
    } catch (error) {
      // Removed since it was listed: nothing of the present refers to it.
      if (!(error instanceof BlobNotFound)) throw error;
    }
  }
  const damaged = files.find((file) => file.path !== `blobs/${file.sha256}`);
  if (!damaged) return files;
  throw new BackupRefused(
    `The file ${basename(damaged.path)} in the blob store is damaged: its content does not match its name. Restore it from an earlier backup.`,
  );
}

async function writeParts(folder: string, request: BackupRequest): Promise<BackupManifest> {
  const { database, blobs, secretKey } = request;
  const dumped = await withConnection(database, (client) => dumpTables(client, folder));
  const included = request.includeSecretKey === true && secretKey !== undefined;
  const manifest: BackupManifest = {
    format: 'moothall-backup',
    version: 1,
    createdAt: request.createdAt.toISOString(),
    ...dumped,
    blobs: await copyBlobs(blobs, folder),
    keyCheck: secretKey === undefined ? null : keyCheckOf(secretKey),
    secretKey: included
      ? await writeMeasured(folder, 'secret-key', Readable.from([Buffer.from(secretKey)]))
      : null,
  };
  await writeManifest(folder, manifest);
  return manifest;
}

/**
 * Writes a backup of a world while it may be running: all tables as of one moment, and the files.
 * The target appears when the backup is whole; a failure leaves nothing.
 * @throws BackupRefused when the target exists or a stored file is damaged
 */
export async function writeBackup(request: BackupRequest): Promise<BackupManifest> {
  const asFolder = await wantsFolder(request.target);
  const target = resolve(request.target);
  const staging = await mkdtemp(`${target}.unfinished-`);
  try {
    const manifest = await writeParts(staging, request);
    if (asFolder) {
      await rename(staging, target);
      await syncToDisk(dirname(target));
    } else await packBackup(staging, manifest, target);
    return manifest;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
