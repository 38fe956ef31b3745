import type { WorldClock } from '@moothall/core';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { type ClaimedJob, type ClaimedLane, COMPLETE, type JobOutcome, type LaneWork } from './job-store.ts';
import { jsonText } from './json-text.ts';
import {
  ERROR_PAUSE_MS,
  type HandlerResult,
  type QueueSpec,
  type Retry,
  SCHEDULE_LANE,
} from './queue-spec.ts';
import type { Store } from './store.ts';

type Completion = { outcomes: JobOutcome[]; lane: ClaimedLane; runAt: Date | string };

/** Does the work of lanes in hand, and gives them back. */
export interface LaneRunner {
  /** Does a lane's jobs in order until one must wait, time is up or none is left; then gives the lane back. */
  run(work: LaneWork): Promise<void>;
  /** Gives back a lane that nothing was done in. */
  release(lane: ClaimedLane): Promise<void>;
}

/** A lane is given back after this time, so that a slow one shows its results and can be stopped. */
const SLICE_MS = 250;
const NEVER = 'infinity';

function outcomeOf(job: ClaimedJob, answer: HandlerResult): JobOutcome {
  const about = { id: job.id, seq: job.seq, attempts: job.attempts + 1 };
  if ('done' in answer) return { ...about, state: 'done', result: answer.done };
  if ('dead' in answer) return { ...about, state: 'dead', result: answer.dead };
  return { ...about, state: 'pending', runAt: answer.retryAt, result: answer.result };
}

/** A scheduled job never ends: whatever became of it, it is due again. */
function repeated(answer: HandlerResult, at: Date): Retry {
  if ('retryAt' in answer) return answer;
  return { retryAt: at, result: 'done' in answer ? answer.done : answer.dead };
}

function completionValues(queue: string, now: Date, completions: readonly Completion[]): unknown[] {
  const outcomes = completions.flatMap((completion) => completion.outcomes);
  const rows = outcomes.map(({ id, state, attempts, result, ...rest }) => {
    return { id, state, attempts, result, run_at: 'runAt' in rest ? rest.runAt : null };
  });
  const released = completions.map(({ lane: { lane, version, worker, afterSeq }, outcomes: done, runAt }) => {
    const last = done.findLast(({ state }) => state !== 'pending');
    return { queue, lane, version, worker, after_seq: last?.seq ?? afterSeq, run_at: runAt };
  });
  return [jsonText(rows), jsonText(released), now];
}

function committerOf(store: Store, clock: WorldClock, queue: string): GroupCommit<Completion, void> {
  return createGroupCommit(async (completions) => {
    await store.pool.query(COMPLETE, completionValues(queue, clock.now(), completions));
    return completions.map(() => undefined);
  });
}

/** Makes the runner of one worker. */
export function createLaneRunner(
  store: Store,
  clock: WorldClock,
  spec: QueueSpec & { jobsPerLane: number },
  worker: { isStopped(): boolean; hasLeft(): boolean; onError(error: unknown): void },
): LaneRunner {
  const completing = committerOf(store, clock, spec.queue);

  async function attempt(job: ClaimedJob): Promise<JobOutcome> {
    const again = (answer: HandlerResult) =>
      spec.everyMs === undefined || job.lane !== SCHEDULE_LANE
        ? answer
        : repeated(answer, new Date(clock.nowMs() + spec.everyMs));
    try {
      return outcomeOf(job, again(await spec.run(job, job.attempts + 1)));
    } catch (error) {
      if (!worker.hasLeft()) worker.onError(error);
      return outcomeOf(job, again({ dead: { error: error instanceof Error ? error.name : 'Error' } }));
    }
  }

  /** However long the database takes: a lane that nobody gives back would stand still. */
  async function giveBack(completion: Completion): Promise<void> {
    // By now the lane is another worker's, perhaps of another world.
    while (!worker.hasLeft()) {
      try {
        return await completing.submit(completion);
      } catch (error) {
        if (!worker.hasLeft()) worker.onError(error);
        // The lane is freed when this worker's session ends.
        if (worker.isStopped()) return;
        await new Promise((resolve) => setTimeout(resolve, ERROR_PAUSE_MS));
      }
    }
  }

  return {
    release: (lane) => giveBack({ outcomes: [], lane, runAt: clock.now() }),
    async run({ jobs, ...lane }) {
      const outcomes: JobOutcome[] = [];
      const untilMs = performance.now() + SLICE_MS;
      let runAt: Date | string = jobs.length === spec.jobsPerLane ? clock.now() : NEVER;
      for (const job of jobs) {
        const isLate = outcomes.length > 0 && performance.now() > untilMs;
        if (worker.isStopped() || isLate || job.runAt.getTime() > clock.nowMs()) {
          runAt = job.runAt;
          break;
        }
        const outcome = await attempt(job);
        outcomes.push(outcome);
        store.freshJobs.forget(job.id);
        if (outcome.state !== 'pending') continue;
        runAt = outcome.runAt;
        break;
      }
      await giveBack({ outcomes, lane, runAt });
    },
  };
}
