import type { StoredEvent } from './events.ts';
import type { Store, Tx } from './store.ts';

/** A projection of the event log. */
export type ReaderSpec = {
  /** Name of its cursor. */
  name: string;
  /** Handles events in order; what it writes through `tx` commits together with the cursor. */
  handle(events: readonly StoredEvent[], tx: Tx): Promise<void>;
  /** Events of one transaction at most; 500 unless said. */
  batchSize?: number;
};

/** A running reader. */
export interface Reader {
  /** Resolves when all that had been committed before the call is handled. */
  caughtUp(): Promise<void>;
  /** Stops after the batch in hand. */
  stop(): Promise<void>;
}

type Position = { tx: string; seq: number };

/** How long a stalled wake-up can delay a reader, in real milliseconds. */
const POLL_MS = 1000;

/**
 * Only rows below the oldest running transaction are final: a lower transaction may still commit
 * a row with a lower or a higher sequence number (found by trying). Hence the pair, and the bound.
 */
const READ = `
  select tx::text, seq, at, org_id as "orgId", room_id as "roomId", actor_id as "actorId", app_id as "appId",
         resource, event, data_id as "dataId", data, trace_id as "traceId"
  from event
  where (tx, seq) > ($1::text::xid8, $2::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
  order by tx, seq limit $3`;

async function positionOf(store: Store, name: string): Promise<Position> {
  await store.pool.query("insert into cursor (reader, tx, seq) values ($1, '0', 0) on conflict do nothing", [
    name,
  ]);
  const { rows } = await store.pool.query<Position>('select tx::text, seq from cursor where reader = $1', [
    name,
  ]);
  return rows[0] ?? { tx: '0', seq: 0 };
}

/** Moves the cursor from one place to the next; false when another process was faster. */
async function advance(tx: Tx, name: string, from: Position, to: Position): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('cursor')
    .set({ tx: to.tx, seq: to.seq })
    .where('reader', '=', name)
    .where('tx', '=', from.tx)
    .where('seq', '=', from.seq)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

class LostRace extends Error {}

/** Handles one batch; the count of events, 0 when there was none. */
async function step(store: Store, spec: ReaderSpec): Promise<number> {
  const from = await positionOf(store, spec.name);
  const { rows } = await store.pool.query<StoredEvent>(READ, [from.tx, from.seq, spec.batchSize ?? 500]);
  const last = rows.at(-1);
  if (!last) return 0;
  try {
    await store.tx(async (tx) => {
      if (!(await advance(tx, spec.name, from, last))) throw new LostRace();
      await spec.handle(rows, tx);
    });
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
  return rows.length;
}

/** Starts a reader: woken by commits of this process, by NOTIFY of others, and by a poll behind both. */
export function startReader(store: Store, spec: ReaderSpec, onError: (error: unknown) => void): Reader {
  let stopped = false;
  let wake: () => void = () => {};
  let signalled = true;
  const signal = () => {
    signalled = true;
    wake();
  };
  const unsubscribe = store.signals.subscribe('event', signal);

  async function pause(): Promise<void> {
    if (signalled || stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      signalled = false;
      try {
        while ((await step(store, spec)) > 0 && !stopped);
      } catch (error) {
        if (!stopped) onError(error);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      await pause();
    }
  }

  const running = run();
  return {
    async caughtUp() {
      const { rows } = await store.pool.query<{ end: string }>('select pg_current_snapshot()::text as end');
      const horizon = BigInt(rows[0]!.end.split(':')[1]!);
      const seen = async () => {
        const { rows: ahead } = await store.pool.query(
          'select 1 from event, cursor where reader = $1 and (event.tx, event.seq) > (cursor.tx, cursor.seq) and event.tx < $2::text::xid8 limit 1',
          [spec.name, horizon.toString()],
        );
        return ahead.length === 0;
      };
      while (!stopped && !(await seen())) {
        signal();
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
    },
    async stop() {
      stopped = true;
      unsubscribe();
      wake();
      await running;
    },
  };
}
