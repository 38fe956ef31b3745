import type { World } from '@moothall/platform';
import { EPOCH_STATE, ReopenablePool } from '@moothall/store';
import { WRITE_STATE } from '../state.ts';
import { createPause } from './cancellable-pause.ts';
import { copyRows, findRows, type Session } from './copy-rows.ts';
import { SCHEMA } from './kept-rows-sql.ts';

/**
 * The rows of a base, kept beside the world in its own database, and so in every copy of it: a small world goes back to
 * them within milliseconds, where a new database takes PostgreSQL a fifth of a second.
 */
export interface KeptRows {
  /**
   * Keeps the rows of the world as they are now, while nobody writes. They are copied after a pause, when others may
   * write again. A world that is large, or that several processes share, is not kept.
   * @param base what they are found by
   */
  keep(base: string, pauseMs: number): Promise<void>;
  /** Whether the rows of a base are kept, once they are copied; a connection to put them back is open then. */
  has(base: string): Promise<boolean>;
  /** Whether they are, and the world is still so small that this is the faster way. */
  isReady(base: string): Promise<boolean>;
  /**
   * Puts back the rows that `has` has found, while nobody writes, and sets the epoch, in one transaction.
   * @throws Error of the database, and then nothing has changed
   */
  putBack(epoch: number): Promise<void>;
  /** Closes the connection to the world's database, until it is asked for again. */
  disconnect(): Promise<void>;
  /** Ends the connections for good. */
  close(): Promise<void>;
}

/** What the transaction of a session sees, which others can see by the name of its snapshot. */
type Seen = { from: Session; snapshot: string };

/** Sizes of the database, as it counts them itself. A larger world takes longer to copy than a database to make. */
const LARGEST_KEPT_BYTES = 24 * 2 ** 20;
/** Where more came to it, a new database is as fast. */
const LARGEST_CHANGED_BYTES = 48 * 2 ** 20;

async function isAtMost(session: Session, bytes: number): Promise<boolean> {
  const sql = 'select pg_database_size(current_database()) <= $1 as fits';
  return (await session.query<{ fits: boolean }>(sql, [bytes])).rows[0]!.fits;
}

/** What another client writes would be there after its commit; the world's own connections are not in use. */
const OTHER_WRITERS = `
  select from pg_stat_activity
  where datname = current_database() and backend_type = 'client backend' and backend_xid is not null`;

async function assertAlone(session: Session): Promise<void> {
  const { rowCount } = await session.query(OTHER_WRITERS);
  if (rowCount !== 0) throw new Error('another client of the database has written and not committed');
}

async function look(from: Session): Promise<Seen | undefined> {
  await from.query('begin isolation level repeatable read read only');
  const { rows } = await from.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
  if (await isAtMost(from, LARGEST_KEPT_BYTES)) return { from, snapshot: rows[0]!.snapshot };
  from.release(true);
  return undefined;
}

/** Not connected. */
export function createKeptRows({ store, log }: Pick<World, 'store' | 'log'>): KeptRows {
  const pause = createPause();
  let pool: ReopenablePool | undefined;
  let session: Promise<Session | undefined> | undefined;

  /** What `work` makes of a connection, which is ended where it fails. */
  async function connected<T>(work: (session: Session) => Promise<T>): Promise<T> {
    pool ??= new ReopenablePool(store.pool.address, { maxConnections: 2, statementTimeoutMs: 30_000 });
    const opened = await pool.connect();
    return work(opened).catch((error: unknown) => {
      opened.release(true);
      throw error;
    });
  }

  async function copyAfter(pauseMs: number, base: string, { from, snapshot }: Seen): Promise<Session> {
    try {
      await pause.wait(pauseMs);
      return await connected(async (to) => {
        await copyRows(to, base, snapshot);
        return to;
      });
    } finally {
      from.release(true);
    }
  }

  function find(base: string): Promise<Session | undefined> {
    return connected(async (found) => {
      if (await findRows(found, base)) return found;
      found.release(true);
      return undefined;
    });
  }

  function warn(error: unknown): undefined {
    log.warn({ err: error }, 'rows are not kept: the next reset takes a new database');
  }

  async function disconnect(): Promise<void> {
    pause.cutShort();
    const known = session;
    session = undefined;
    (await known)?.release(true);
  }

  async function connect(base: string): Promise<Session | undefined> {
    if (!store.shared) session ??= find(base).catch(warn);
    return session;
  }

  return {
    disconnect,
    async keep(base, pauseMs) {
      await disconnect();
      if (store.shared) return;
      const seen = await connected(look).catch(warn);
      session = seen ? copyAfter(pauseMs, base, seen).catch(warn) : Promise.resolve(undefined);
    },
    has: async (base) => (await connect(base)) !== undefined,
    async isReady(base) {
      pause.cutShort();
      const fits = (known: Session | undefined) =>
        known !== undefined && isAtMost(known, LARGEST_CHANGED_BYTES);
      try {
        return await fits(await connect(base));
      } catch {
        // The connection was cut; the rows are where they were.
        await disconnect();
        return fits(await connect(base));
      }
    },
    async putBack(epoch) {
      try {
        const known = (await session)!;
        await assertAlone(known);
        await known.query('begin');
        await known.query(`select ${SCHEMA}.put_back(true)`);
        // A row that bears this transaction's number counts as put back: the epoch is written over each time.
        await known.query(WRITE_STATE, [EPOCH_STATE, JSON.stringify(epoch)]);
        await known.query('commit');
      } catch (error) {
        // Its end undoes what it did.
        await disconnect();
        throw error;
      }
    },
    async close() {
      await disconnect();
      await pool?.end();
    },
  };
}
