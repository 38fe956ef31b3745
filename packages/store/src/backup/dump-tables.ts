import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { SCHEMA_LOCK } from '../migrator.ts';
import { inTransaction } from './connection.ts';
import type { BackupManifest, BackupTable } from './manifest.ts';
import { writeMeasured } from './measured-file.ts';
import { copyOutStatement } from './portable-columns.ts';
import { listSequences, listTables, type TableFacts } from './schema-facts.ts';

/** What a backup holds of the database. */
export type DumpedDatabase = Pick<BackupManifest, 'migrations' | 'tables' | 'sequences'>;

async function dumpTable(client: pg.Client, table: TableFacts, folder: string): Promise<BackupTable> {
  const rows = client.query(copyTo(copyOutStatement(table)));
  const file = await writeMeasured(folder, `tables/${table.name}.copy.gz`, rows, createGzip());
  return { ...table, rows: rows.rowCount, file };
}

/**
 * Writes every table of a world to files, as of one moment: one snapshot of the database, while others
 * go on writing. Readers of the event log are not held back, as nothing is written; migrations wait.
 */
export async function dumpTables(client: pg.Client, folder: string): Promise<DumpedDatabase> {
  // Before the snapshot is taken: a migration that is under way must not lie between the two.
  await client.query('select pg_advisory_lock_shared($1)', [SCHEMA_LOCK]);
  return inTransaction(client, 'isolation level repeatable read read only', async () => {
    const { rows: migrations } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migration order by name',
    );
    const tables: BackupTable[] = [];
    for (const table of await listTables(client)) tables.push(await dumpTable(client, table, folder));
    return { migrations, tables, sequences: await listSequences(client) };
  });
}
