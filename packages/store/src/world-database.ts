import pg from 'pg';
import { type ClusterAddress, clusterUrl } from './embedded/index.ts';
import { type DatabaseAddress, ReopenablePool } from './pool.ts';

const NAME = 'moothall';
const CREATE_TIMEOUT_MS = 60_000;
// `initdb` makes it for people to connect to; nothing of ours does, so a new world takes it instead of a copy.
const INITIAL = 'postgres';
/** Another start was faster: duplicate_database, unique_violation. */
const MADE_BY_ANOTHER = ['42P04', '23505'];
/** It is not there (any more), or somebody is connected to it. */
const NOT_TO_BE_TAKEN = [...MADE_BY_ANOTHER, '3D000', '55006'];

/** The world's database within an embedded cluster, and one to create and drop databases from. */
export type WorldDatabase = { address: DatabaseAddress; maintenance: DatabaseAddress };

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code);
}

/** @returns whether it was done; no, where PostgreSQL refuses it with one of the codes */
async function tried(pool: ReopenablePool, sql: string, codes: readonly string[]): Promise<boolean> {
  try {
    await pool.query(sql);
    return true;
  } catch (error) {
    if (codes.includes(codeOf(error))) return false;
    throw error;
  }
}

/**
 * Finds the world's database of a cluster, and makes it unless it exists: of the empty one that `initdb` left, which
 * takes no time, or anew.
 */
export async function ensureWorldDatabase(cluster: ClusterAddress): Promise<WorldDatabase> {
  const maintenance = clusterUrl(cluster, 'template1');
  const pool = new ReopenablePool(maintenance, { maxConnections: 1, statementTimeoutMs: CREATE_TIMEOUT_MS });
  try {
    const { rows } = await pool.query('select from pg_database where datname = $1', [NAME]);
    if (rows.length === 0) {
      const name = pg.escapeIdentifier(NAME);
      const rename = `alter database ${pg.escapeIdentifier(INITIAL)} rename to ${name}`;
      const taken = await tried(pool, `${rename}; comment on database ${name} is null`, NOT_TO_BE_TAKEN);
      // Commands and servers are connected to template1, of which nothing can be copied then.
      if (!taken) await tried(pool, `create database ${name} template template0`, MADE_BY_ANOTHER);
    }
    return { address: clusterUrl(cluster, NAME), maintenance };
  } finally {
    await pool.end();
  }
}
