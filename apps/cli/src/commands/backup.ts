import { join } from 'node:path';
import { createWorldClock } from '@moothall/core';
import { BackupRefused, folderBlobs, writeBackup } from '@moothall/store';
import { CliError } from '../cli-error.ts';
import type { Call, Command } from '../command.ts';
import { openExistingDatabase } from '../world/database.ts';
import { findSecretKey } from '../world/secret-key.ts';

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

/** Writes a backup, online. */
export const backup: Command = {
  name: 'backup',
  summary: 'Write a backup of the world to a new file, or to an empty folder; the server may be running',
  arguments: [['<target>', 'a new file, an empty folder, or a new folder (a name that ends with /)']],
  options: [['--include-secret-key', 'put the secret key in too; keep such a backup as safe as the key']],
  needs: ['data'],
  examples: ['moot backup world.tar --data /var/lib/moothall', 'moot backup backups/monday/ --json'],
  async run(call) {
    try {
      const { createdAt, tables, blobs, secretKey } = await write(call);
      return {
        document: {
          target: call.given.argument(0),
          createdAt,
          tables: tables.length,
          rows: tables.reduce((sum, table) => sum + table.rows, 0),
          blobs: blobs.length,
          secretKeyIncluded: secretKey !== null,
        },
      };
    } catch (error) {
      if (error instanceof BackupRefused) throw new CliError(error.message);
      throw error;
    }
  },
};
