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
const ERROR_PAUSE_MS = 200;
type Row = StoredEvent & { final: boolean; fromTx: string; fromSeq: number };

/** How long a lost wake-up can delay a reader, in real milliseconds. */
const POLL_MS = 1000;
/** Pauses, in real milliseconds, while an open transaction holds committed events back; it ends without a signal. */
const HELD_BACK_MS = [1, 2, 4, 8, 16, 32, 50];

/**
 * Only rows below the oldest running transaction are final: a lower transaction may still commit
 * a row with a lower or a higher sequence number (found by trying). Hence the pair, and the bound.
 */
const READ = `
  select tx::text, seq, at, org_id as "orgId", room_id as "roomId", actor_id as "actorId", app_id as "appId",
         resource, event, data_id as "dataId", data, trace_id as "traceId",
         tx < pg_snapshot_xmin(pg_current_snapshot()) as final,
         (select tx::text from cursor where reader = $1) as "fromTx",
         (select seq from cursor where reader = $1) as "fromSeq"
  from event
  where (tx, seq) > ((select tx from cursor where reader = $1), (select seq from cursor where reader = $1))
  order by event.tx, seq limit $2`;

const AHEAD = `
  select 1 from event where tx < $2::text::xid8 and (tx, seq) > (
    coalesce((select tx from cursor where reader = $1), '0'::xid8),
    coalesce((select seq from cursor where reader = $1), 0)) limit 1`;

async function ensureCursor(store: Store, name: string): Promise<void> {
  await store.pool.query("insert into cursor (reader, tx, seq) values ($1, '0', 0) on conflict do nothing", [
    name,
  ]);
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

/** What a step found: whether it moved on, and whether events wait for a transaction to end. */
type Step = { moved: boolean; heldBack: boolean };

/** Handles one batch. */
async function step(store: Store, spec: ReaderSpec, batchSize: number): Promise<Step> {
  const { rows } = await store.pool.query<Row>(READ, [spec.name, batchSize]);
  const held = rows.findIndex((row) => !row.final);
  const events = held < 0 ? rows : rows.slice(0, held);
  const last = events.at(-1);
  if (!last) return { moved: false, heldBack: held >= 0 };
  const from = { tx: last.fromTx, seq: last.fromSeq };
  try {
    await store.tx(async (tx) => {
      if (!(await advance(tx, spec.name, from, last))) throw new LostRace();
      await spec.handle(events, tx);
    });
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
  return { moved: true, heldBack: held >= 0 };
}

/** Starts a reader: woken by commits of this process, by NOTIFY of others, and by a poll behind both. */
export function startReader(store: Store, spec: ReaderSpec, onError: (error: unknown) => void): Reader {
  const batchSize = spec.batchSize ?? 500;
  let stopped = false;
  let wake: () => void = () => {};
  let signalled = true;
  const signal = () => {
    signalled = true;
    wake();
  };
  const unsubscribe = store.signals.subscribe('event', signal);

  async function pause(longestMs: number): Promise<void> {
    if (signalled || stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Handles all there is; resolves with how long to pause. */
  async function drain(): Promise<number> {
    for (let held = 0; !stopped; ) {
      signalled = false;
      const { moved, heldBack } = await step(store, spec, batchSize);
      if (moved) held = 0;
      else if (!heldBack) return POLL_MS;
      else await pause(HELD_BACK_MS[Math.min(held++, HELD_BACK_MS.length - 1)]!);
    }
    return 0;
  }

  async function run(): Promise<void> {
    let hasCursor = false;
    while (!stopped) {
      try {
        if (!hasCursor) await ensureCursor(store, spec.name);
        hasCursor = true;
        await pause(await drain());
      } catch (error) {
        if (!stopped) onError(error);
        await new Promise((resolve) => setTimeout(resolve, ERROR_PAUSE_MS));
      }
    }
  }

  const running = run();
  return {
    async caughtUp() {
      const { rows } = await store.pool.query<{ end: string }>(
        'select pg_snapshot_xmax(pg_current_snapshot())::text as end',
      );
      const isBehind = async () => (await store.pool.query(AHEAD, [spec.name, rows[0]!.end])).rows.length > 0;
      while (!stopped && (await isBehind())) {
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
