import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { ReopenablePool } from './pool.ts';

/**
 * One forward step of the schema, named `YYYYMMDDHHmm_<slice>_<what>`. Expand steps keep the
 * previous release working; contract steps take away what no running release uses any more.
 */
export type Migration = { name: string; phase: 'expand' | 'contract'; sql: string };

/** A schema that this release cannot go on with: a step was changed after it had been applied. */
export class MigrationMismatch extends Error {}

/** Advisory lock of the schema: exclusive while it is changed, shared while it must not change. */
export const SCHEMA_LOCK = 0x6d6f6f74;
const TABLE = `create table if not exists migration (
  name text primary key, checksum text not null, phase text not null, ordinal integer generated always as identity)`;

/** What tells whether a step was changed: a hash of its SQL, white space aside; 16 hex digits. */
export function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql.replace(/\s+/g, ' ').trim()).digest('hex').slice(0, 16);
}

function inOrder(migrations: readonly Migration[]): Migration[] {
  const sorted = [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = sorted.find((step, index) => step.name === sorted[index - 1]?.name);
  if (twice) throw new MigrationMismatch(`two migrations are named ${twice.name}`);
  return sorted;
}

/**
 * Applies the steps that are missing, within the caller's transaction.
 * @returns the names of the steps that were applied now, in order
 * @throws MigrationMismatch
 */
export async function applyMigrations(
  client: pg.ClientBase,
  migrations: readonly Migration[],
): Promise<string[]> {
  const steps = inOrder(migrations);
  await client.query(TABLE);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from migration',
  );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  const fresh = steps.filter((step) => !applied.has(step.name));
  for (const step of steps) {
    const known = applied.get(step.name);
    if (known !== undefined && known !== checksumOf(step)) {
      throw new MigrationMismatch(`migration ${step.name} was changed after it had been applied`);
    }
  }
  if (fresh.length > 0) await applyAll(client, fresh);
  return fresh.map((step) => step.name);
}

/** In two statements to the server: a new world takes every step that there is. */
async function applyAll(client: pg.ClientBase, steps: readonly Migration[]): Promise<void> {
  await client.query(steps.map(({ sql }) => sql).join(';\n'));
  const columns = [steps.map(({ name }) => name), steps.map(checksumOf), steps.map(({ phase }) => phase)];
  await client.query(
    `insert into migration (name, checksum, phase)
     select name, checksum, phase
     from unnest($1::text[], $2::text[], $3::text[]) with ordinality as step (name, checksum, phase, place)
     order by place`,
    columns,
  );
}

/**
 * Brings a database to this release's schema, in one transaction under an advisory lock, so that
 * of several processes one migrates and the rest wait. Steps of a newer release are left alone.
 * @returns the names of the steps that were applied now
 * @throws MigrationMismatch
 */
export async function migrate(pool: ReopenablePool, migrations: readonly Migration[]): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    await client.query(`select pg_advisory_xact_lock(${SCHEMA_LOCK})`);
    const done = await applyMigrations(client, migrations);
    await client.query('commit');
    return done;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
