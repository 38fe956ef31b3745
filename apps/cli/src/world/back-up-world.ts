import { join } from 'node:path';
import { createWorldClock } from '@moothall/core';
import { type BackupManifest, BackupRefused, folderBlobs, writeBackup } from '@moothall/store';
import { CliError } from '../cli-error.ts';
import type { Call } from '../command.ts';
import { openExistingDatabase } from './database.ts';
import { findSecretKey } from './secret-key.ts';

async function write(call: Call) {
  const includeSecretKey = call.given.flag('include-secret-key');
  const secretKey = findSecretKey(call);
  if (includeSecretKey && secretKey === undefined) {
    throw new CliError(
      '--include-secret-key: the key is not known; set MOOT_SECRET_KEY, or name the data folder.',
    );
  }
  const database = await openExistingDatabase(call);
  try {
    return await writeBackup({
      database: database.address,
      blobs: folderBlobs(join(call.dataDir, 'blobs')),
      target: call.given.argument(0),
      // The machine's time: a backup is made in the real world, whatever time it is in this one.
      createdAt: createWorldClock().now(),
      secretKey,
      includeSecretKey,
    });
  } finally {
    await database.close();
  }
}

/**
 * Backs up the world of the call's data folder or database.
 * @throws CliError when there is none, or the target exists; nothing is left then
 */
export async function backUpWorld(call: Call): Promise<BackupManifest> {
  try {
    return await write(call);
  } catch (error) {
    if (error instanceof BackupRefused) throw new CliError(error.message);
    throw error;
  }
}
