import type { WorldClock } from '@moothall/core';
import { createGroupCommit } from './group-commit.ts';
import {
  CLAIM_LANES,
  type ClaimedJob,
  COMPLETE,
  type JobOutcome,
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
};

/** A running worker of one queue. */
export interface Worker {
  /** Resolves when no job is due by the world's time and none is running. */
  idle(): Promise<void>;
  /** Finishes the jobs in hand, then ends. */
  stop(): Promise<void>;
}

const POLL_MS = 1000;
const WORKER_LOCK_CLASS = 0x6d74;
const NEVER = 'infinity';

type Released = { lane: string; version: number; runAt: Date | string };
type Completion = { outcomes: JobOutcome[]; released: Released };

function completionValues(queue: string, now: Date, completions: readonly Completion[]): unknown[] {
  const outcomes = completions.flatMap((completion) => completion.outcomes);
  const released = completions.map((completion) => completion.released);
  return [
    outcomes.map((outcome) => outcome.id),
    outcomes.map((outcome) => outcome.state),
    outcomes.map((outcome) => outcome.attempts),
    outcomes.map((outcome) => JSON.stringify(outcome.result)),
    outcomes.map((outcome) => (outcome.state === 'pending' ? outcome.runAt : null)),
    now,
    queue,
    released.map((lane) => lane.lane),
    released.map((lane) => lane.version),
    released.map((lane) => lane.runAt),
  ];
}

function outcomeOf(job: ClaimedJob, answer: HandlerResult): JobOutcome {
  const attempts = job.attempts + 1;
  if ('done' in answer) return { id: job.id, state: 'done', attempts, result: answer.done };
  if ('dead' in answer) return { id: job.id, state: 'dead', attempts, result: answer.dead };
  return { id: job.id, state: 'pending', attempts, runAt: answer.retryAt, result: answer.result };
}

/**
 * Frees lanes of workers that ended without a word. A worker lives as long as the session that
 * holds its advisory lock, so no clock is asked.
 */
async function freeOrphans(store: Store, queue: string): Promise<void> {
  await store.pool.query(
    `update lane set leased_by = null where queue = $1 and leased_by is not null and not exists (
       select 1 from pg_locks where locktype = 'advisory' and classid = ${WORKER_LOCK_CLASS} and objid = leased_by::oid)`,
    [queue],
  );
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
  let wake: () => void = () => {};
  const session = await store.pool.connect();
  const numbered = await session.query<{ worker: number }>(
    `with number as (select nextval('worker_number')::int as worker)
     select worker, pg_advisory_lock(${WORKER_LOCK_CLASS}, worker) from number`,
  );
  const worker = numbered.rows[0]!.worker;
  await freeOrphans(store, queue);

  const signal = () => {
    signalled = true;
    wake();
  };
  const unsubscribe = store.signals.subscribe(`job:${queue}`, signal);
  const completing = createGroupCommit<Completion, void>(async (completions) => {
    await store.pool.query(COMPLETE, completionValues(queue, clock.now(), completions));
    return completions.map(() => undefined);
  });

  async function claim(): Promise<LaneWork[]> {
    const claimed = await store.pool.query<{ lane: string; version: number }>(CLAIM_LANES, [
      queue,
      clock.now(),
      worker,
      laneLimit - running,
    ]);
    if (claimed.rows.length === 0) return [];
    const names = claimed.rows.map((row) => row.lane);
    const jobs = await store.pool.query<ClaimedJob>(LANE_JOBS, [queue, names, jobsPerLane]);
    return claimed.rows.map((row) => ({ ...row, jobs: jobs.rows.filter((job) => job.lane === row.lane) }));
  }

  async function attempt(job: ClaimedJob): Promise<JobOutcome> {
    try {
      return outcomeOf(job, await spec.run(job, job.attempts + 1));
    } catch (error) {
      onError(error);
      return outcomeOf(job, { dead: { error: error instanceof Error ? error.name : 'Error' } });
    }
  }

  async function drain({ lane, version, jobs }: LaneWork): Promise<void> {
    const outcomes: JobOutcome[] = [];
    let runAt: Date | string = jobs.length === jobsPerLane ? clock.now() : NEVER;
    for (const job of jobs) {
      const due = job.runAt.getTime() <= clock.nowMs() && !stopped;
      if (due) outcomes.push(await attempt(job));
      const last = outcomes.at(-1);
      if (due && last?.state !== 'pending') continue;
      runAt = due && last?.state === 'pending' ? last.runAt : job.runAt;
      break;
    }
    await completing.submit({ outcomes, released: { lane, version, runAt } });
  }

  async function take(): Promise<number> {
    const work = await claim();
    for (const lane of work) {
      running += 1;
      drain(lane)
        .catch(onError)
        .finally(() => {
          running -= 1;
          signal();
        });
    }
    return work.length;
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
        while (running < laneLimit && !stopped && (await take()) > 0);
        await pause();
      } catch (error) {
        if (!stopped) onError(error);
        await new Promise((resolve) => setTimeout(resolve, 200));
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
      session.release(true);
    },
  };
}
