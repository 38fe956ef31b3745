import type { WorldClock } from '@moothall/core';
import { createGroupCommit } from './group-commit.ts';
import type { LaneHand } from './handed-lanes.ts';
import { type ClaimedLane, COMPLETE, type JobOutcome } from './job-store.ts';
import { jsonText } from './json-text.ts';
import { ERROR_PAUSE_MS } from './queue-spec.ts';
import type { Store } from './store.ts';

/** What a runner asks about its worker, and tells it. */
export type WorkerState = {
  isStopped(): boolean;
  hasLeft(): boolean;
  /** Whether a lane without jobs may stay in hand. */
  mayLinger(): boolean;
  onError(error: unknown): void;
};

/** What became of the jobs of a lane in hand, and of the lane. */
export interface LaneLedger {
  /** Takes an outcome; a quarter of a second later at most it is stored, while the lane's work goes on. */
  enter(outcome: JobOutcome): void;
  /** Takes what a job has done so far, when it is time to store something; else the outcome is not asked for. */
  keep(outcome: () => JobOutcome): void;
  /** Whether the lane turned out to be no longer this worker's. */
  isLost(): boolean;
  /**
   * Stores what is left and gives the lane back, due at `runAt`; a lane that got jobs meanwhile is due
   * now. Resolves when that is done.
   */
  close(runAt: Date | string): Promise<void>;
}

/** Outcomes to be stored, each as JSON: there may be many, and texts cost the least to keep. Without `runAt` the lane
 *  stays in hand. */
type Completion = {
  lane: ClaimedLane;
  afterSeq: number;
  outcomes: string[];
  runAt: Date | string | null;
};

function outcomeText({ id, state, attempts, result, ...rest }: JobOutcome): string {
  return jsonText({ id, state, attempts, result, run_at: 'runAt' in rest ? rest.runAt : null });
}

/** A lane that goes on stores its outcomes this often, so that they show. */
const STORE_MS = 250;

function completionValues(queue: string, now: Date, completions: readonly Completion[]): unknown[] {
  const outcomes = completions.flatMap((completion) => completion.outcomes);
  const lanes = completions.map(({ lane: { lane, version, worker }, afterSeq, runAt }) => {
    return { queue, lane, version, worker, after_seq: afterSeq, run_at: runAt };
  });
  return [`[${outcomes.join(',')}]`, jsonText(lanes), now];
}

/** A lane in hand, and what knows how far its jobs are known. */
type LaneInHand = ClaimedLane & { hand: LaneHand };

/** Makes the ledgers of one worker's lanes; many lanes share a commit. */
export function createLaneLedgers(
  store: Store,
  clock: WorldClock,
  queue: string,
  worker: WorkerState,
): (lane: LaneInHand) => LaneLedger {
  const completing = createGroupCommit<Completion, boolean>(async (completions) => {
    const values = completionValues(queue, clock.now(), completions);
    const { rows } = await store.pool.query<{ lane: string }>(COMPLETE, values);
    const kept = new Set(rows.map(({ lane }) => lane));
    return completions.map(({ lane }) => kept.has(lane.lane));
  });

  /** However long the database takes: a lane that nobody gives back would stand still. */
  async function complete(completion: Completion): Promise<boolean> {
    // By now the lane is another worker's, perhaps of another world.
    while (!worker.hasLeft()) {
      try {
        return await completing.submit(completion);
      } catch (error) {
        if (!worker.hasLeft()) worker.onError(error);
        // The lane is freed when this worker's session ends.
        if (worker.isStopped()) return false;
        await new Promise((resolve) => setTimeout(resolve, ERROR_PAUSE_MS));
      }
    }
    return false;
  }

  return ({ hand, ...claimed }) => {
    let { afterSeq } = claimed;
    let outcomes: string[] = [];
    let storing: Promise<void> | undefined;
    let storedMs = performance.now();
    let lost = false;

    function take(runAt: Date | string | null): Completion {
      const taken = outcomes;
      outcomes = [];
      const lane = { ...claimed, version: hand.version };
      return { lane, afterSeq, outcomes: taken, runAt };
    }

    async function storeSome(): Promise<void> {
      if (!(await complete(take(null)))) lost = true;
      storedMs = performance.now();
      storing = undefined;
    }

    const isTime = () => !storing && performance.now() - storedMs > STORE_MS;

    return {
      enter(outcome) {
        outcomes.push(outcomeText(outcome));
        if (outcome.state !== 'pending') afterSeq = outcome.seq;
        // What waits is stored when the lane is given back.
        if (outcome.state !== 'pending' && isTime()) storing = storeSome();
      },
      keep(outcome) {
        if (!isTime()) return;
        outcomes.push(outcomeText(outcome()));
        storing = storeSome();
      },
      isLost: () => lost,
      async close(runAt) {
        hand.leave();
        await storing;
        await complete(take(runAt));
      },
    };
  };
}
