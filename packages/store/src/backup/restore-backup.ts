import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Blobs } from '../blobs/index.ts';
import type { Migration } from '../migrator.ts';
import type { DatabaseAddress } from '../pool.ts';
import { withConnection } from './connection.ts';
import { loadTables, refuseOccupied, stepsOfBackup } from './load-tables.ts';
import type { OpenBackup } from './open-backup.ts';

/**
 * Restores an opened backup into an empty database and a place for its files, and brings the schema to
 * this release. Jobs that were pending are pending again; readers of the event log go on where they were.
 * @param migrations all steps of this release
 * @throws BackupRefused when the database is not empty or the backup is of a newer release; it stays empty
 */
export async function restoreBackup(
  { folder, manifest }: OpenBackup,
  target: { database: DatabaseAddress; blobs: Blobs; migrations: readonly Migration[] },
): Promise<void> {
  await withConnection(target.database, async (client) => {
    stepsOfBackup(manifest, target.migrations);
    await refuseOccupied(client);
    for (const file of manifest.blobs) {
      await target.blobs.put(createReadStream(join(folder, file.path)), { maxBytes: file.sizeBytes });
    }
    await loadTables(client, folder, manifest, target.migrations);
  });
}
