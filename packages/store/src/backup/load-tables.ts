import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { applyMigrations, checksumOf, type Migration, SCHEMA_LOCK } from '../migrator.ts';
import { inTransaction } from './connection.ts';
import { BackupRefused } from './errors.ts';
import type { BackupManifest, BackupTable } from './manifest.ts';
import { columnList } from './portable-columns.ts';
import { isEmptyDatabase, listTables } from './schema-facts.ts';

/**
 * The steps of this release that a backup's schema consists of.
 * @throws BackupRefused when it has a step that this release does not have in the same form
 */
export function stepsOfBackup(manifest: BackupManifest, migrations: readonly Migration[]): Migration[] {
  return manifest.migrations.map(({ name, checksum }) => {
    const step = migrations.find((candidate) => candidate.name === name);
    if (step && checksumOf(step) === checksum) return step;
    throw new BackupRefused(
      `The backup's schema has the step ${name}, which this release ${step ? 'has in another form' : 'does not have'}: ` +
        'restore it with the release that made it, or a newer one.',
    );
  });
}

/** @throws BackupRefused when a database has tables */
export async function refuseOccupied(client: pg.Client): Promise<void> {
  if (await isEmptyDatabase(client)) return;
  throw new BackupRefused('The target database is not empty: create an empty one and restore into that.');
}

async function loadTable(client: pg.Client, folder: string, table: BackupTable): Promise<void> {
  const name = pg.escapeIdentifier(table.name);
  await client.query(`alter table ${name} disable trigger user`);
  const rows = client.query(copyFrom(`copy ${name} (${columnList(table.columns)}) from stdin`));
  await pipeline(createReadStream(join(folder, table.file.path)), createGunzip(), rows);
  await client.query(`alter table ${name} enable trigger user`);
}

async function verifyTable(client: pg.Client, table: BackupTable): Promise<void> {
  const counted = await client.query<{ count: string }>(
    `select count(*)::text as count from ${pg.escapeIdentifier(table.name)}`,
  );
  if (counted.rows[0]?.count === String(table.rows)) return;
  throw new BackupRefused(
    `Table ${table.name} has ${counted.rows[0]?.count} rows after the restore instead of ${table.rows}: nothing was restored.`,
  );
}

async function verifySchema(client: pg.Client, tables: readonly BackupTable[]): Promise<void> {
  const shape = (list: readonly { name: string; columns: string[] }[]) =>
    list.map(({ name, columns }) => `${name}(${[...columns].sort().join()})`).sort();
  const wanted = shape(tables);
  const found = shape(await listTables(client));
  const differing = [...wanted, ...found].filter(
    (table) => !wanted.includes(table) || !found.includes(table),
  );
  if (differing.length === 0) return;
  throw new BackupRefused(`The backup's tables are not those of its schema: ${differing.join('; ')}.`);
}

async function setSequences(client: pg.Client, { sequences }: BackupManifest): Promise<void> {
  for (const { name, lastValue } of sequences) {
    if (lastValue !== null)
      await client.query('select setval($1::regclass, $2::bigint)', [pg.escapeIdentifier(name), lastValue]);
  }
}

/**
 * Fills an empty database from the files of a backup and brings it to this release's schema, in one
 * transaction: it is restored whole or stays empty.
 * @throws BackupRefused when the database is not empty, or does not hold afterwards what the backup says
 */
export function loadTables(
  client: pg.Client,
  folder: string,
  manifest: BackupManifest,
  migrations: readonly Migration[],
): Promise<void> {
  const steps = stepsOfBackup(manifest, migrations);
  return inTransaction(client, '', async () => {
    await client.query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
    await refuseOccupied(client);
    await applyMigrations(client, steps);
    await verifySchema(client, manifest.tables);
    const names = manifest.tables.map((table) => table.name);
    // Steps may have put rows in; the backup has them as they were.
    if (names.length > 0) await client.query(`truncate ${columnList(names)} cascade`);
    for (const table of manifest.tables) await loadTable(client, folder, table);
    for (const table of manifest.tables) await verifyTable(client, table);
    await setSequences(client, manifest);
    await applyMigrations(client, migrations);
  });
}
