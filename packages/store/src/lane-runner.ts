import type { WorldClock } from '@moothall/core';
import type { LaneHand } from './handed-lanes.ts';
import type { ClaimedJob, ClaimedLane, JobOutcome, LaneWork } from './job-store.ts';
import { createReadAhead, type LaneReader } from './lane-jobs.ts';
import { createLaneLedgers, type LaneLedger, type WorkerState } from './lane-ledger.ts';
import {
  type HandlerResult,
  type JobProgress,
  type QueueSpec,
  type Retry,
  SCHEDULE_LANE,
} from './queue-spec.ts';
import type { Store } from './store.ts';

/** Does the work of lanes in hand, and gives them back. */
export interface LaneRunner {
  /** Does a lane's jobs in order until one must wait, time is up or none is left; then gives the lane back. */
  run(work: LaneWork): Promise<void>;
  /** Gives back a lane that nothing was done in. */
  release(lane: ClaimedLane & { hand: LaneHand }): Promise<void>;
}

/** A lane is given back after this time, so that another one may have its turn. */
const TURN_MS = 2000;
const NEVER = 'infinity';

function outcomeOf(job: ClaimedJob, answer: HandlerResult): JobOutcome {
  const about = { id: job.id, seq: job.seq, attempts: job.attempts + 1 };
  if ('done' in answer) return { state: 'done', result: answer.done, ...about };
  if ('dead' in answer) return { state: 'dead', result: answer.dead, ...about };
  return { state: 'pending', runAt: answer.retryAt, result: answer.result, ...about };
}

/** What a job in hand has done so far; it counts as no try. */
function keptOf({ id, seq, attempts, runAt }: ClaimedJob, result: Record<string, unknown>): JobOutcome {
  return { id, seq, attempts, state: 'pending', runAt, result };
}

/** A scheduled job never ends: whatever became of it, it is due again. */
function repeated(answer: HandlerResult, at: Date): Retry {
  if ('retryAt' in answer) return answer;
  return { retryAt: at, result: 'done' in answer ? answer.done : answer.dead };
}

/** Makes the runner of one worker. */
export function createLaneRunner(
  store: Store,
  clock: WorldClock,
  spec: QueueSpec & { jobsPerLane: number },
  worker: WorkerState,
): LaneRunner {
  const ledgerOf = createLaneLedgers(store, clock, spec.queue, worker);
  const readAhead = createReadAhead(store, spec);

  async function attempt(job: ClaimedJob, progress: JobProgress): Promise<JobOutcome> {
    const again = (answer: HandlerResult) =>
      spec.everyMs === undefined || job.lane !== SCHEDULE_LANE
        ? answer
        : repeated(answer, new Date(clock.nowMs() + spec.everyMs));
    try {
      return outcomeOf(job, again(await spec.run(job, job.attempts + 1, progress)));
    } catch (error) {
      if (!worker.hasLeft()) worker.onError(error);
      return outcomeOf(job, again({ dead: { error: error instanceof Error ? error.name : 'Error' } }));
    }
  }

  /** The next job of a lane; one that has no more waits a little, for lanes that get job after job. */
  async function nextOf(jobs: LaneReader, hand: LaneHand): Promise<ClaimedJob | undefined> {
    const job = await jobs.next();
    if (job || spec.lingerMs === undefined || !worker.mayLinger()) return job;
    return (await hand.wait(spec.lingerMs)) ? jobs.next() : undefined;
  }

  /** Does jobs until one must wait, time is up or none is left. @returns when the lane is due again */
  async function work(jobs: LaneReader, ledger: LaneLedger, hand: LaneHand): Promise<Date | string> {
    const untilMs = performance.now() + TURN_MS;
    const isOver = () => worker.isStopped() || ledger.isLost() || performance.now() > untilMs;
    for (let done = 0; ; done++) {
      const job = await nextOf(jobs, hand);
      if (!job) return NEVER;
      // A lane whose first job was long in coming does it.
      const mayNot = done > 0 ? isOver() : worker.isStopped() || ledger.isLost();
      if (mayNot || job.runAt.getTime() > clock.nowMs()) return job.runAt;
      const keep: JobProgress['keep'] = (result) => ledger.keep(() => keptOf(job, result()));
      const outcome = await attempt(job, { isOver, keep });
      ledger.enter(outcome);
      store.freshJobs.forget(job.id);
      if (outcome.state === 'pending') return outcome.runAt;
    }
  }

  return {
    release: (lane) => ledgerOf(lane).close(clock.now()),
    async run({ jobs, hand, ...claimed }) {
      const ledger = ledgerOf({ hand, ...claimed });
      const reader = readAhead({ lane: claimed.lane, jobs, hand });
      const runAt = await work(reader, ledger, hand).catch((error) => {
        worker.onError(error);
        return clock.now();
      });
      await ledger.close(runAt);
    },
  };
}
