import type { ReopenablePool } from './pool.ts';

/** Name of the row of `state` that counts how often a world was put back to an earlier one; there is none before. */
export const EPOCH_STATE = 'lab.epoch';

/**
 * What tells the history of a world from those that it had before it was put back, restored or copied: positions in
 * the log of one mean nothing in another. Letters, digits and dots.
 */
export async function readEpoch(pool: ReopenablePool): Promise<string> {
  const { rows } = await pool.query<{ database: string; count: number | null }>(
    `select oid::text as database, (select value from state where name = $1) as count
     from pg_database where datname = current_database()`,
    [EPOCH_STATE],
  );
  const { database, count } = rows[0]!;
  return `${database}.${count ?? 0}`;
}
