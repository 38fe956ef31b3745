import { listTables, type ReopenablePool } from '@moothall/store';
import {
  asOf,
  BEGIN,
  END,
  filledStatement,
  IS_THERE,
  IS_WHOLE,
  KEYS,
  type KeptTable,
  keepStatement,
  putBackFunction,
  SCHEMA,
} from './kept-rows-sql.ts';

/** A connection to the world's database. */
export type Session = Awaited<ReturnType<ReopenablePool['connect']>>;

/** Whoever has a row for so long is sent away by the other way to reset. */
const LOCK_TIMEOUT_MS = 1000;

/** Whole tables are compared, by plans that are made before they are needed. */
const SETTINGS = `
  set application_name = 'moothall kept rows';
  set plan_cache_mode = force_generic_plan;
  set enable_seqscan = on;
  set lock_timeout = ${LOCK_TIMEOUT_MS}`;
const MAKE_PLANS = `select ${SCHEMA}.put_back(false)`;

/** The tables, and where the rows of those are kept that have some. */
async function tablesOf(session: Session, snapshot: string): Promise<KeptTable[]> {
  const tables = await listTables(session);
  const keys = await session.query<{ name: string; key: string[] }>(KEYS);
  const results: unknown = await session.query(asOf(snapshot, filledStatement(tables)));
  const filled = (results as { rows: { name: string }[] }[]).flatMap(({ rows }) => rows);
  const hasRows = new Set(filled.map(({ name }) => name));
  return tables.map((table, index) => {
    const key = keys.rows.find(({ name }) => name === table.name)?.key;
    if (!key) throw new Error(`the table ${table.name} has no primary key`);
    return { ...table, key, kept: hasRows.has(table.name) ? `kept_${index}` : undefined };
  });
}

/**
 * Keeps the rows of all tables as a snapshot of the database has them, and makes the session ready to put them back.
 * Where it fails, the session is of no use any more.
 * @param base what the rows are found by later
 * @param snapshot what `pg_export_snapshot` has answered in a transaction that is still open
 */
export async function copyRows(session: Session, base: string, snapshot: string): Promise<void> {
  // What a crash cuts off is not whole.
  await session.query(`${SETTINGS}; set synchronous_commit = off`);
  await session.query(BEGIN);
  const tables = await tablesOf(session, snapshot);
  // Each in a transaction of its own: readers of the log wait for whatever is open.
  for (const table of tables)
    if (table.kept !== undefined) await session.query(keepStatement(table, snapshot));
  await session.query(putBackFunction(tables));
  await session.query(END, [base]);
  await session.query(`reset synchronous_commit; ${MAKE_PLANS}`);
}

/** Makes a session ready to put rows back that are kept already. @returns false where they are not */
export async function findRows(session: Session, base: string): Promise<boolean> {
  const { rows } = await session.query<{ isThere: boolean }>(IS_THERE);
  if (!rows[0]!.isThere || (await session.query(IS_WHOLE, [base])).rowCount === 0) return false;
  await session.query(`${SETTINGS}; ${MAKE_PLANS}`);
  return true;
}
