import type { WorldClock } from '@moothall/core';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import {
  CLAIM_LANES,
  type ClaimedJob,
  type ClaimedLane,
  COMPLETE,
  DROP_IDLE_LANES,
  FREE_ORPHANS,
  type JobOutcome,
  jsonText,
  LANE_JOBS,
  type LaneWork,
} from './job-store.ts';
import type { Store } from './store.ts';

/** How a handler asks to be called again. */
export type Retry = { retryAt: Date; result: Record<string, unknown> };

/** What a handler answers: done, dead (to the dead letters), or a later try that holds its lane. */
export type HandlerResult = { done: Record<string, unknown> } | { dead: Record<string, unknown> } | Retry;

/** Work of one queue. */
export type QueueSpec = {
  queue: string;
  /** Does one job; a throw counts as `dead` with the error's name. */
  run(job: ClaimedJob, attempt: number): Promise<HandlerResult>;
  /** Lanes in hand at once; 64 unless said. */
  lanes?: number;
  /** Jobs taken of one lane at a time; 64 unless said. */
  jobsPerLane?: number;
  /**
   * The queue has one job that is asked for by nobody and runs again each time this many
   * milliseconds of the world's time have passed, in whichever process is free.
   */
  everyMs?: number;
};

/** A running worker of one queue. */
export interface Worker {
  /** Resolves when no job is due by the world's time and none is running. */
  idle(): Promise<void>;
  /** Finishes the jobs in hand, then ends. */
  stop(): Promise<void>;
}

const POLL_MS = 1000;
const CLAIM_MAX = 64;
/** A lane is given back after this time, so that a slow one shows its results and can be stopped. */
const SLICE_MS = 250;
const HOUSEKEEPING_MS = 5000;
const ERROR_PAUSE_MS = 200;
const SCHEDULE_LANE = 'schedule';
const NEVER = 'infinity';

type Released = ClaimedLane & { runAt: Date | string };
type Completion = { outcomes: JobOutcome[]; released: Released };

function completionValues(queue: string, now: Date, completions: readonly Completion[]): unknown[] {
  const outcomes = completions.flatMap((completion) => completion.outcomes);
  const released = completions.map((completion) => completion.released);
  return [
    outcomes.map((outcome) => outcome.id),
    outcomes.map((outcome) => outcome.state),
    outcomes.map((outcome) => outcome.attempts),
    outcomes.map((outcome) => jsonText(outcome.result)),
    outcomes.map((outcome) => (outcome.state === 'pending' ? outcome.runAt : null)),
    now,
    queue,
    released.map((lane) => lane.lane),
    released.map((lane) => lane.version),
    released.map((lane) => lane.runAt),
    released.map((lane) => lane.worker),
  ];
}

function outcomeOf(job: ClaimedJob, answer: HandlerResult): JobOutcome {
  const attempts = job.attempts + 1;
  if ('done' in answer) return { id: job.id, state: 'done', attempts, result: answer.done };
  if ('dead' in answer) return { id: job.id, state: 'dead', attempts, result: answer.dead };
  return { id: job.id, state: 'pending', attempts, runAt: answer.retryAt, result: answer.result };
}

/** A scheduled job never ends: whatever became of it, it is due again. */
function repeated(answer: HandlerResult, at: Date): Retry {
  if ('retryAt' in answer) return answer;
  return { retryAt: at, result: 'done' in answer ? answer.done : answer.dead };
}

/** Asks for the queue's scheduled job, once per world however many processes start. */
async function ensureScheduled(store: Store, queue: string, now: Date): Promise<void> {
  await store.tx(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('lane')
      .values({ queue, lane: SCHEDULE_LANE, run_at: now, version: 0, leased_by: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) tx.enqueue({ queue, lane: SCHEDULE_LANE, payload: {} });
  });
}

/** What a lane's work needs of its worker. */
type LaneRunner = {
  clock: WorldClock;
  spec: QueueSpec;
  jobsPerLane: number;
  isStopped(): boolean;
  completing: GroupCommit<Completion, void>;
  onError(error: unknown): void;
};

async function attempt({ clock, spec, onError }: LaneRunner, job: ClaimedJob): Promise<JobOutcome> {
  const again = (answer: HandlerResult) =>
    spec.everyMs === undefined || job.lane !== SCHEDULE_LANE
      ? answer
      : repeated(answer, new Date(clock.nowMs() + spec.everyMs));
  try {
    return outcomeOf(job, again(await spec.run(job, job.attempts + 1)));
  } catch (error) {
    onError(error);
    return outcomeOf(job, again({ dead: { error: error instanceof Error ? error.name : 'Error' } }));
  }
}

/** Stores what became of a lane, however long the database takes: a lane that nobody gives back would stand still. */
async function giveBack(runner: LaneRunner, completion: Completion): Promise<void> {
  for (;;) {
    try {
      return await runner.completing.submit(completion);
    } catch (error) {
      runner.onError(error);
      // The lane is freed when this worker's session ends.
      if (runner.isStopped()) return;
      await new Promise((resolve) => setTimeout(resolve, ERROR_PAUSE_MS));
    }
  }
}

/** Does a lane's jobs in order until one must wait, time is up or none is left; then gives the lane back. */
async function runLane(runner: LaneRunner, { jobs, ...lane }: LaneWork): Promise<void> {
  const { clock, jobsPerLane, isStopped } = runner;
  const outcomes: JobOutcome[] = [];
  const untilMs = performance.now() + SLICE_MS;
  let runAt: Date | string = jobs.length === jobsPerLane ? clock.now() : NEVER;
  for (const job of jobs) {
    const isLate = outcomes.length > 0 && performance.now() > untilMs;
    if (isStopped() || isLate || job.runAt.getTime() > clock.nowMs()) {
      runAt = job.runAt;
      break;
    }
    const outcome = await attempt(runner, job);
    outcomes.push(outcome);
    if (outcome.state !== 'pending') continue;
    runAt = outcome.runAt;
    break;
  }
  await giveBack(runner, { outcomes, released: { ...lane, runAt } });
}

function withJobs(lanes: readonly ClaimedLane[], jobs: readonly ClaimedJob[]): LaneWork[] {
  const work = new Map(lanes.map((lane) => [lane.lane, { ...lane, jobs: [] as ClaimedJob[] }]));
  for (const job of jobs) work.get(job.lane)!.jobs.push(job);
  return [...work.values()];
}

/** Starts the worker of one queue in this process. */
export async function startWorker(
  store: Store,
  clock: WorldClock,
  spec: QueueSpec,
  onError: (error: unknown) => void,
): Promise<Worker> {
  const { queue, lanes: laneLimit = 64, jobsPerLane = 64 } = spec;
  let stopped = false;
  let running = 0;
  let signalled = false;
  let keptAtMs = Number.NEGATIVE_INFINITY;
  let wake: () => void = () => {};
  const session = store.joinWorkers();
  if (spec.everyMs !== undefined) await ensureScheduled(store, queue, clock.now());

  const signal = () => {
    signalled = true;
    wake();
  };
  const unsubscribe = store.signals.subscribe(`job:${queue}`, signal);
  const completing = createGroupCommit<Completion, void>(async (completions) => {
    await store.pool.query(COMPLETE, completionValues(queue, clock.now(), completions));
    return completions.map(() => undefined);
  });
  const runner = { clock, spec, jobsPerLane, completing, onError, isStopped: () => stopped };

  async function claim(): Promise<LaneWork[]> {
    const limit = Math.min(laneLimit - running, CLAIM_MAX);
    const values = [queue, clock.now(), await session.number(), limit];
    const claimed = await store.pool.query<ClaimedLane>(CLAIM_LANES, values);
    if (claimed.rows.length === 0) return [];
    try {
      const names = claimed.rows.map((row) => row.lane);
      const { rows } = await store.pool.query<ClaimedJob>(LANE_JOBS, [queue, names, jobsPerLane]);
      return withJobs(claimed.rows, rows);
    } catch (error) {
      const now = clock.now();
      for (const lane of claimed.rows)
        void giveBack(runner, { outcomes: [], released: { ...lane, runAt: now } });
      throw error;
    }
  }

  async function take(): Promise<number> {
    const work = await claim();
    for (const lane of work) {
      running += 1;
      runLane(runner, lane)
        .catch(onError)
        .finally(() => {
          running -= 1;
          signal();
        });
    }
    return work.length;
  }

  async function keepHouse(): Promise<void> {
    if (performance.now() - keptAtMs < HOUSEKEEPING_MS) return;
    keptAtMs = performance.now();
    await store.pool.query(FREE_ORPHANS, [queue]);
    await store.pool.query(DROP_IDLE_LANES, [queue]);
  }

  async function nextDue(): Promise<Date | undefined> {
    const { rows } = await store.pool.query<{ due: Date | null }>(
      "select min(run_at) as due from lane where queue = $1 and leased_by is null and run_at < 'infinity'",
      [queue],
    );
    return rows[0]?.due ?? undefined;
  }

  async function pause(): Promise<void> {
    if (signalled || stopped) return;
    const due = await nextDue();
    if (signalled || stopped) return;
    await new Promise<void>((resolve) => {
      const poll = setTimeout(done, POLL_MS);
      const cancel = due && running < laneLimit ? clock.wakeAt(due.getTime(), done) : undefined;
      function done() {
        clearTimeout(poll);
        cancel?.();
        resolve();
      }
      wake = done;
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      signalled = false;
      try {
        await keepHouse();
        while (running < laneLimit && !stopped && (await take()) > 0);
        await pause();
      } catch (error) {
        if (!stopped) onError(error);
        await new Promise((resolve) => setTimeout(resolve, ERROR_PAUSE_MS));
      }
    }
    while (running > 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  async function isIdle(): Promise<boolean> {
    const { rows } = await store.pool.query(
      'select 1 from lane where queue = $1 and (leased_by is not null or run_at <= $2) limit 1',
      [queue, clock.now()],
    );
    return rows.length === 0 && running === 0;
  }

  const ended = run();
  return {
    async idle() {
      while (!stopped && !(await isIdle())) {
        signal();
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
    },
    async stop() {
      stopped = true;
      unsubscribe();
      wake();
      await ended;
      await session.leave();
    },
  };
}
