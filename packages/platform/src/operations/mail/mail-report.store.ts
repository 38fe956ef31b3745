import { type DatabaseAddress, ReopenablePool } from '@moothall/store';
import type { MailState } from './mail.table.ts';

/** What an operator wants to know of the outbox. */
export type MailReport = Record<MailState, number> & {
  /** Why the last mail was given up, or the last try of one that waits failed. */
  lastReason: string | undefined;
};

const CHECK_TIMEOUT_MS = 10_000;

const THERE = `
  select 1 from information_schema.columns
  where table_schema = 'public' and table_name = 'mail_outbox' and column_name = 'state'`;

const REPORT = `
  select count(*) filter (where state = 'waiting')::int as waiting,
    count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state = 'dead')::int as dead,
    (select last_error from mail_outbox where last_error is not null
     order by last_try_at desc limit 1) as "lastReason"
  from mail_outbox`;

/**
 * Looks at the outbox of a world without changing it; undefined where its schema has none yet.
 * @throws the connection's error when the database is out of reach
 */
export async function inspectMails(address: DatabaseAddress): Promise<MailReport | undefined> {
  const pool = new ReopenablePool(address, { maxConnections: 1, statementTimeoutMs: CHECK_TIMEOUT_MS });
  try {
    if ((await pool.query(THERE)).rows.length === 0) return undefined;
    type Row = Record<MailState, number> & { lastReason: string | null };
    const { rows } = await pool.query<Row>(REPORT);
    return { ...rows[0]!, lastReason: rows[0]!.lastReason ?? undefined };
  } finally {
    await pool.end();
  }
}
