import { readdirSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { allMigrations } from '@moothall/platform';
import {
  type BackupManifest,
  BackupRefused,
  folderBlobs,
  keyOfBackup,
  type OpenBackup,
  openBackup,
  restoreBackup,
} from '@moothall/store';
import { CliError } from '../cli-error.ts';
import type { Call } from '../command.ts';
import { isEmptyFolder, openDatabase, outsideDatabase } from './database.ts';
import { writeSecretKey } from './secret-key.ts';

function refuseOccupied(call: Call): void {
  const outside = outsideDatabase(call) !== undefined;
  const folder = outside ? join(call.dataDir, 'blobs') : call.dataDir;
  if (isEmptyFolder(folder)) return;
  throw new CliError(
    `${folder} is not empty: a restore never overwrites a world. Name a new folder with --data, or move this one away.`,
  );
}

/** What the restore put into the folder, which had been empty. */
function emptyAgain(folder: string): void {
  if (isEmptyFolder(folder)) return;
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}

async function fill(call: Call, backup: OpenBackup, secretKey: string | undefined): Promise<void> {
  const outside = outsideDatabase(call) !== undefined;
  const database = await openDatabase(call);
  try {
    const blobs = folderBlobs(join(call.dataDir, 'blobs'));
    await restoreBackup(backup, { database: database.address, blobs, migrations: allMigrations() });
    if (!outside && secretKey !== undefined) writeSecretKey(call.dataDir, secretKey);
  } finally {
    await database.close();
  }
}

async function restoreInto(call: Call, source: string): Promise<BackupManifest> {
  const dataDir = resolve(call.dataDir);
  await mkdir(dirname(dataDir), { recursive: true });
  const backup = await openBackup(source, `${dataDir}.restore-`);
  try {
    const secretKey = await keyOfBackup(backup, call.io.env.MOOT_SECRET_KEY || undefined);
    await fill(call, backup, secretKey).catch((error: unknown) => {
      emptyAgain(outsideDatabase(call) ? join(dataDir, 'blobs') : dataDir);
      throw error;
    });
    return backup.manifest;
  } finally {
    await backup.close();
  }
}

/**
 * Restores a backup into an empty data folder, or into the empty database that `MOOT_DATABASE_URL` names
 * (its files still go to the data folder). Everything is verified before anything is touched.
 * @throws CliError; the target is then as it was
 */
export async function restoreWorld(call: Call, source: string): Promise<BackupManifest> {
  refuseOccupied(call);
  try {
    return await restoreInto(call, source);
  } catch (error) {
    if (error instanceof BackupRefused) throw new CliError(error.message);
    throw error;
  }
}
