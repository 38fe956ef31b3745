import { randomUUID } from 'node:crypto';
import { allMigrations } from '@moothall/platform';
import { type DatabaseAddress, migrate, ReopenablePool } from '@moothall/store';

const TEMPLATE = 'moot_test_template';
const ONE_CONNECTION = { maxConnections: 1, statementTimeoutMs: 60_000 };

/** The same server, another database. */
export function inDatabase(server: DatabaseAddress, database: string): DatabaseAddress {
  if (!('connectionString' in server)) return { ...server, database };
  const url = new URL(server.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}

async function onServer<T>(server: DatabaseAddress, work: (pool: ReopenablePool) => Promise<T>): Promise<T> {
  const pool = new ReopenablePool(server, ONE_CONNECTION);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** Makes the migrated template anew. */
export async function createTemplate(server: DatabaseAddress): Promise<void> {
  await onServer(server, async (pool) => {
    await pool.query(`drop database if exists ${TEMPLATE}`);
    await pool.query(`create database ${TEMPLATE}`);
  });
  await onServer(inDatabase(server, TEMPLATE), (pool) => migrate(pool, allMigrations()));
}

/** A new migrated database; `drop` removes it, with whoever is still connected. */
export async function createDatabase(
  server: DatabaseAddress,
): Promise<{ address: DatabaseAddress; drop(): Promise<void> }> {
  const name = `moot_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, (pool) => pool.query(`create database ${name} template ${TEMPLATE}`));
  return {
    address: inDatabase(server, name),
    drop: () =>
      onServer(
        server,
        async (pool) => void (await pool.query(`drop database if exists ${name} with (force)`)),
      ),
  };
}
