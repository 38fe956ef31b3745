import type { WorldClock } from '@moothall/core';
import { CLAIM_LANES, type ClaimedLane, DROP_IDLE_LANES, FREE_ORPHANS, type LaneWork } from './job-store.ts';
import { readLaneJobs } from './lane-jobs.ts';
import { createLaneRunner, type LaneRunner } from './lane-runner.ts';
import { ERROR_PAUSE_MS, type QueueSpec, SCHEDULE_LANE } from './queue-spec.ts';
import type { Store } from './store.ts';
import type { WorkerSession } from './worker-session.ts';

/** A running worker of one queue. */
export interface Worker {
  /** Resolves when no job is due by the world's time and none is running. */
  idle(): Promise<void>;
  /**
   * Finishes the jobs in hand, for 2.5 s at most, then ends. What lasts longer is left as it was to the
   * next worker, whatever becomes of it here.
   */
  stop(): Promise<void>;
}

const POLL_MS = 1000;
const CLAIM_MAX = 64;
const HOUSEKEEPING_MS = 5000;
const STOP_LIMIT_MS = 2500;

/** Asks for the scheduled jobs of queues, once per world however many processes start; workers do so as they start. */
export async function ensureScheduled(store: Store, specs: readonly QueueSpec[], now: Date): Promise<void> {
  const queues = specs.filter(({ everyMs }) => everyMs !== undefined).map(({ queue }) => queue);
  if (queues.length === 0) return;
  // Mostly all are there.
  const sql = 'select queue from lane where lane = $1 and queue = any($2)';
  const { rows } = await store.pool.query<{ queue: string }>(sql, [SCHEDULE_LANE, queues]);
  const known = new Set(rows.map(({ queue }) => queue));
  const missing = queues.filter((queue) => !known.has(queue));
  if (missing.length === 0) return;
  await store.tx(async (tx) => {
    const made = await tx.db
      .insertInto('lane')
      .values(
        missing.map((queue) => ({ queue, lane: SCHEDULE_LANE, run_at: now, version: 0, leased_by: null })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('queue')
      .execute();
    for (const { queue } of made) tx.enqueue({ queue, lane: SCHEDULE_LANE, payload: {} });
  });
}

/** What a queue's rows are asked for. */
type Lanes = {
  claim(limit: number): Promise<LaneWork[]>;
  nextDue(): Promise<Date | undefined>;
  hasWork(): Promise<boolean>;
  /** Frees what dead workers had and drops what is empty, every now and then. */
  keepHouse(): Promise<void>;
};

function lanesOf(
  store: Store,
  clock: WorldClock,
  spec: QueueSpec & { jobsPerLane: number },
  { session, runner }: { session: WorkerSession; runner: LaneRunner },
): Lanes {
  const { pool } = store;
  const { queue } = spec;
  let keptAtMs = Number.NEGATIVE_INFINITY;
  return {
    async claim(limit) {
      const { rows: lanes } = await pool.query<ClaimedLane>(CLAIM_LANES, [
        queue,
        clock.now(),
        await session.number(),
        limit,
      ]);
      if (lanes.length === 0) return [];
      // In hand before they are read: what is asked for meanwhile is read, or given, or both.
      const held = lanes.map((lane) => {
        return { hand: store.freshJobs.lanes.hold(queue, lane.lane, lane.version), ...lane };
      });
      try {
        const jobs = await readLaneJobs(store, spec, held);
        return held.map((lane, index) => ({ jobs: jobs[index]!, ...lane }));
      } catch (error) {
        for (const lane of held) void runner.release(lane);
        throw error;
      }
    },
    async nextDue() {
      const { rows } = await pool.query<{ due: Date | null }>(
        "select min(run_at) as due from lane where queue = $1 and leased_by is null and run_at < 'infinity'",
        [queue],
      );
      return rows[0]?.due ?? undefined;
    },
    async hasWork() {
      const { rows } = await pool.query(
        'select 1 from lane where queue = $1 and (leased_by is not null or run_at <= $2) limit 1',
        [queue, clock.now()],
      );
      return rows.length > 0;
    },
    async keepHouse() {
      if (performance.now() - keptAtMs < HOUSEKEEPING_MS) return;
      keptAtMs = performance.now();
      await pool.query(FREE_ORPHANS, [queue]);
      await pool.query(DROP_IDLE_LANES, [queue]);
    },
  };
}

/** Sleeps until a time of the world, for a poll interval at most. @param onSleep gets what ends it */
function sleepUntil(
  clock: WorldClock,
  due: Date | undefined,
  onSleep: (done: () => void) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const poll = setTimeout(done, POLL_MS);
    const cancel = due && clock.wakeAt(due.getTime(), done);
    function done() {
      clearTimeout(poll);
      cancel?.();
      resolve();
    }
    onSleep(done);
  });
}

/** Starts the workers of queues in this process; they look for work once their scheduled jobs are asked for. */
export async function startWorkers(
  store: Store,
  clock: WorldClock,
  specs: readonly QueueSpec[],
  onError: (error: unknown) => void,
): Promise<Worker[]> {
  await ensureScheduled(store, specs, clock.now());
  let looked: Promise<void> = Promise.resolve();
  // A dozen that ask at once would open as many connections, which takes longer than all their looks in turn.
  const inTurn: InTurn = (look) => {
    looked = looked.catch(() => undefined).then(look);
    return looked;
  };
  return specs.map((spec) => startWorker(store, clock, spec, { onError, inTurn }));
}

/** Runs what it is given once all that it was given before has ended. */
type InTurn = (look: () => Promise<void>) => Promise<void>;

function startWorker(
  store: Store,
  clock: WorldClock,
  queueSpec: QueueSpec,
  { onError, inTurn }: { onError: (error: unknown) => void; inTurn: InTurn },
): Worker {
  const spec = { lanes: 64, jobsPerLane: 64, ...queueSpec };
  let stopped = false;
  let left = false;
  let running = 0;
  let awaited = 0;
  let signalled = false;
  let wake: () => void = () => {};
  const session = store.joinWorkers();
  const forgetFresh = store.freshJobs.keepFor(spec.queue, spec.lingerMs !== undefined);
  const runner = createLaneRunner(store, clock, spec, {
    onError,
    isStopped: () => stopped,
    hasLeft: () => left,
    // Other processes' jobs are found by looking; and where many lanes are in hand, others may wait for one.
    mayLinger: () => !stopped && awaited === 0 && !store.shared && running <= spec.lanes / 2,
  });
  const lanes = lanesOf(store, clock, spec, { session, runner });
  const signal = () => {
    signalled = true;
    wake();
  };
  const unsubscribe = store.signals.subscribe(`job:${spec.queue}`, signal);

  async function runLane(work: LaneWork): Promise<void> {
    running += 1;
    await runner.run(work);
    running -= 1;
    signal();
  }

  async function take(): Promise<number> {
    const work = await lanes.claim(Math.min(spec.lanes - running, CLAIM_MAX));
    for (const lane of work) runLane(lane).catch(onError);
    return work.length;
  }

  async function look(): Promise<void> {
    if (stopped) return;
    await lanes.keepHouse();
    while (running < spec.lanes && !stopped && (await take()) > 0);
  }

  async function pause(): Promise<void> {
    if (signalled || stopped) return;
    const due = await lanes.nextDue();
    if (signalled || stopped) return;
    await sleepUntil(clock, running < spec.lanes ? due : undefined, (done) => {
      wake = done;
    });
  }

  async function run(): Promise<void> {
    for (let isFirst = true; !stopped; isFirst = false) {
      signalled = false;
      try {
        await (isFirst ? inTurn(look) : look());
        await pause();
      } catch (error) {
        if (!stopped) onError(error);
        await new Promise((resolve) => setTimeout(resolve, ERROR_PAUSE_MS));
      }
    }
    const untilMs = performance.now() + STOP_LIMIT_MS;
    while (running > 0 && performance.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 2));
    left = true;
  }

  const ended = run();
  return {
    async idle() {
      awaited += 1;
      try {
        while (!stopped && (running > 0 || (await lanes.hasWork()))) {
          store.freshJobs.lanes.hurry(spec.queue);
          signal();
          await new Promise((resolve) => setTimeout(resolve, 3));
        }
      } finally {
        awaited -= 1;
      }
    },
    async stop() {
      stopped = true;
      store.freshJobs.lanes.hurry(spec.queue);
      unsubscribe();
      forgetFresh();
      wake();
      await ended;
      await session.leave();
    },
  };
}
