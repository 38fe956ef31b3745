import pg from 'pg';
import { type DatabaseAddress, ReopenablePool } from './pool.ts';

const CREATE_TIMEOUT_MS = 60_000;
// A server and a command that begin together: duplicate_database, or unique_violation on its name.
const MADE_BY_ANOTHER: ReadonlySet<string> = new Set(['42P04', '23505']);

/**
 * Makes a database unless it exists.
 * @param maintenance another database of the same server, such as `postgres`
 * @returns whether it was made now
 */
export async function ensureDatabase(maintenance: DatabaseAddress, name: string): Promise<boolean> {
  const pool = new ReopenablePool(maintenance, { maxConnections: 1, statementTimeoutMs: CREATE_TIMEOUT_MS });
  try {
    const { rows } = await pool.query('select 1 from pg_database where datname = $1', [name]);
    if (rows.length > 0) return false;
    await pool.query(`create database ${pg.escapeIdentifier(name)}`);
    return true;
  } catch (error) {
    if (MADE_BY_ANOTHER.has(String((error as { code?: unknown }).code))) return false;
    throw error;
  } finally {
    await pool.end();
  }
}
