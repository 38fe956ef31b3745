import type { Clock, Ids } from '@moothall/core';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import { appendEvents, type NewEvent } from './events.ts';
import { createFreshJobs, type FreshJobs } from './fresh-jobs.ts';
import { createHandoff, type Handoff } from './handoff.ts';
import { type InsertedJobs, insertJobs, type NewJob } from './job-store.ts';
import type { KernelTables } from './kernel-tables.ts';
import { createOthers, type Others, WAKE_CHANNEL } from './others.ts';
import { type DatabaseAddress, type PoolSettings, ReopenablePool } from './pool.ts';
import { createSignals, type Signals } from './signals.ts';
import type { TransactionCheck } from './transaction-check.ts';
import { createWorkerSessions, type WorkerSession } from './worker-session.ts';

/** Reads and writes outside or inside a transaction; a slice adds its tables with `withTables`. */
export type Database = Kysely<KernelTables>;

/** A transaction: its events, its jobs and what happens after it are one with its rows. */
export type Tx = {
  readonly db: Transaction<KernelTables>;
  /** Appends an event when the transaction commits. */
  emit(event: NewEvent): void;
  /** Asks for work when the transaction commits. */
  enqueue(job: NewJob): void;
  /** Runs after the commit and before the caller goes on, such as to invalidate a cache. */
  onCommit(action: () => void): void;
};

/** The database of one world. */
export interface Store {
  readonly pool: ReopenablePool;
  readonly db: Database;
  readonly signals: Signals;
  /** Jobs that were asked for here and are to be done here. */
  readonly freshJobs: FreshJobs;
  /** Gives what was just committed to the followers of this process. */
  readonly handoff: Handoff;
  /** Several processes share the database: commits wake the others. */
  readonly shared: boolean;
  readonly others: Others;
  /** Joins the connection by which the workers of this process show that they live. */
  joinWorkers(): WorkerSession;
  /** Runs `work` in one transaction; a deadlock is tried again, up to three times in all. */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Closes for good. */
  close(): Promise<void>;
}

/** What a store is made of. */
export type StoreSettings = {
  /** Where the database is, or will be: it is used when that is known. */
  address: DatabaseAddress | Promise<DatabaseAddress>;
  clock: Clock;
  ids: Ids;
  pool?: Partial<PoolSettings>;
  notify?: boolean;
  /** Refuses reads past an open transaction; for tests. */
  transactionCheck?: TransactionCheck;
};

const TRIES = 3;
const DEADLOCKS = new Set(['40P01', '40001']);

function isDeadlock(error: unknown): boolean {
  return DEADLOCKS.has((error as { code?: string } | null)?.code ?? '');
}

type Collected = { events: NewEvent[]; jobs: NewJob[]; after: (() => void)[] };

/** Opens the database of a world. */
export function openStore(settings: StoreSettings): Store {
  const { address, clock, ids, notify, transactionCheck: check } = settings;
  const limits = { maxConnections: 12, statementTimeoutMs: 30_000, ...settings.pool };
  const pool = new ReopenablePool(address, limits, check);
  // Kysely asks a pool for `connect` and `end` only.
  const db = new Kysely<KernelTables>({ dialect: new PostgresDialect({ pool: pool as never }) });
  const signals = createSignals();
  const freshJobs = createFreshJobs();
  const others = createOthers(pool, notify ?? false);

  async function finish(trx: Transaction<KernelTables>, { events, jobs }: Collected): Promise<InsertedJobs> {
    const now = clock.now();
    await appendEvents(trx, events, now);
    const inserted = await insertJobs(trx, jobs, { now, ids, wantsBatches: freshJobs.mayHand(jobs) });
    const topics = topicsOf(events, jobs);
    if (others.hearNotify() && topics.length > 0) await trx.executeQuery(notifyQuery(trx, topics));
    return inserted;
  }

  async function once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const collected: Collected = { events: [], jobs: [], after: [] };
    const { result, inserted } = await db.transaction().execute(async (trx) => {
      const tx: Tx = {
        db: trx,
        emit: (event) => collected.events.push(event),
        enqueue: (job) => collected.jobs.push(job),
        onCommit: (action) => collected.after.push(action),
      };
      const value = await (check ? check.run(() => work(tx)) : work(tx));
      return { result: value, inserted: await finish(trx, collected) };
    });
    const toLookAt = freshJobs.remember(collected.jobs, inserted);
    for (const action of collected.after) action();
    const topics = topicsOf(collected.events, collected.jobs);
    const known = new Set(
      collected.jobs.flatMap(({ queue }) => (toLookAt.has(queue) ? [] : [`job:${queue}`])),
    );
    for (const topic of topics) if (!known.has(topic)) signals.emit(topic);
    if (topics.length > 0) others.afterTransaction(topics);
    return result;
  }

  async function tx<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(work);
      } catch (error) {
        if (!isDeadlock(error) || attempt === TRIES) throw error;
      }
    }
  }

  const sessions = createWorkerSessions(pool);
  return {
    pool,
    db,
    signals,
    freshJobs,
    handoff: createHandoff(),
    others,
    shared: notify ?? false,
    joinWorkers: sessions.join,
    tx,
    close: () => pool.end(),
  };
}

/** What a transaction wakes. */
function topicsOf(events: NewEvent[], jobs: NewJob[]): string[] {
  return [
    ...(events.length > 0 ? ['event'] : []),
    ...new Set(events.map(({ resource }) => `event:${resource}`)),
    ...new Set(jobs.map(({ queue }) => `job:${queue}`)),
  ];
}

function notifyQuery(trx: Transaction<KernelTables>, topics: string[]) {
  return trx
    .selectNoFrom((from) =>
      from.fn('pg_notify', [from.val(WAKE_CHANNEL), from.val(topics.join('\n'))]).as('notified'),
    )
    .compile();
}
