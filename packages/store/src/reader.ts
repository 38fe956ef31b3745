import type { StoredEvent } from './events.ts';
import type { Store, Tx } from './store.ts';

/** A projection of the event log. */
export type ReaderSpec = {
  /** Name of its cursor. */
  name: string;
  /** Handles events in order; what it writes through `tx` commits together with the cursor. */
  handle(events: readonly StoredEvent[], tx: Tx): Promise<void>;
  /** Events of one transaction at most, asked for each; 500 unless said. */
  batchSize?: () => number;
  /**
   * The one resource whose events it reads, in lower case; all unless said. The log then wants an index
   * `on event (tx, seq) where resource = '...'`, and other events cost nothing.
   */
  only?: string;
  /** When nobody would hear of any event: they are then passed over unread, a few times a second. */
  pass?: {
    /** Whether that is likely so; asked at each commit, so it must be cheap. */
    isLikely(): boolean | Promise<boolean>;
    /** SQL that decides it, in the statement that passes over them. */
    condition: string;
  };
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
const read = (only: string) => `
  select tx::text, seq, at, org_id as "orgId", room_id as "roomId", actor_id as "actorId", app_id as "appId",
         resource, event, data_id as "dataId", data, trace_id as "traceId",
         tx < pg_snapshot_xmin(pg_current_snapshot()) as final,
         (select tx::text from cursor where reader = $1) as "fromTx",
         (select seq from cursor where reader = $1) as "fromSeq"
  from event
  where (tx, seq) > ((select tx from cursor where reader = $1), (select seq from cursor where reader = $1))${only}
  order by event.tx, seq limit $2`;

/** How long passing over events rests between two statements, in real milliseconds. */
const PASS_MS = 250;

/** One statement, so that whoever began to listen before an event is seen by the snapshot that passes over it. */
const passStatement = (condition: string) => `
  update cursor set tx = last.tx, seq = last.seq
  from (select tx, seq from event where tx < pg_snapshot_xmin(pg_current_snapshot())
        order by tx desc, seq desc limit 1) last
  where reader = $1 and (last.tx, last.seq) > (cursor.tx, cursor.seq) and (${condition})`;

const ahead = (only: string) => `
  select 1 from event where tx < $2::text::xid8 and (tx, seq) > (
    coalesce((select tx from cursor where reader = $1), '0'::xid8),
    coalesce((select seq from cursor where reader = $1), 0))${only} limit 1`;

/** The condition of a reader of one resource; written out, for a partial index is chosen by constants only. */
function onlyClause(resource: string | undefined): string {
  if (resource === undefined) return '';
  if (!/^[a-z]+$/.test(resource)) throw new RangeError(`only: '${resource}' is not in lower-case letters`);
  return ` and resource = '${resource}'`;
}

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
  const { rows } = await store.pool.query<Row>(read(onlyClause(spec.only)), [spec.name, batchSize]);
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
  const batchSize = () => spec.batchSize?.() ?? 500;
  let stopped = false;
  let wake: () => void = () => {};
  let signalled = true;
  let resting = false;
  async function isNeeded(): Promise<boolean> {
    return !resting || !(await spec.pass?.isLikely());
  }

  const unsubscribe = store.signals.subscribe(spec.only ? `event:${spec.only}` : 'event', () => {
    signalled = true;
    isNeeded().then((needed) => needed && wake(), onError);
  });

  async function pause(longestMs: number): Promise<void> {
    if (!signalled && !stopped) await rest(longestMs);
  }

  async function rest(longestMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Passes over what nobody hears of, then rests; false when somebody may hear. */
  async function pass(): Promise<boolean> {
    if (!spec.pass || !(await spec.pass.isLikely())) return false;
    resting = true;
    signalled = false;
    const { rowCount } = await store.pool.query(passStatement(spec.pass.condition), [spec.name]);
    if (!stopped) await rest(rowCount === 0 ? POLL_MS : PASS_MS);
    resting = false;
    return spec.pass.isLikely();
  }

  /** Handles all there is; resolves with how long to pause. */
  async function drain(): Promise<number> {
    while (!stopped && (await pass()));
    for (let held = 0; !stopped; ) {
      signalled = false;
      const { moved, heldBack } = await step(store, spec, batchSize());
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
      const isBehind = async () =>
        (await store.pool.query(ahead(onlyClause(spec.only)), [spec.name, rows[0]!.end])).rows.length > 0;
      while (!stopped && (await isBehind())) {
        signalled = true;
        wake();
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
