import { committedEnd, hasUnread, presentEnd, readNext } from './follow-log.ts';
import type { FollowPosition } from './follow-position.ts';
import { FollowProgress } from './follow-progress.ts';
import type { FollowedEvent } from './followed-event.ts';
import type { Store } from './store.ts';

/** Whoever wants the events of the log from now on, in one process and without a trace in the database. */
export type FollowerSpec = {
  /**
   * Handles events in order, one call at a time. A call that fails is made again with the same events, until
   * it succeeds; after it come those that follow. Without a promise as its answer, events that are handed over
   * go on in the turn of their commit.
   */
  handle(events: readonly FollowedEvent[]): Promise<void> | void;
  /** Resources whose events it gets; all unless said. */
  resources?: readonly string[];
  /** Events of one call at most; 500 unless said. A batch that is handed over is not divided. */
  batchSize?: number;
};

/** A running follower. */
export interface Follower {
  /** What `handle` has been through with; a call under way is not in it. */
  position(): FollowPosition;
  /** Resolves when all that had been committed before the call is handled. */
  caughtUp(): Promise<void>;
  /** Stops after the call in hand. */
  stop(): Promise<void>;
}

/** How long a lost wake-up can delay a follower, in real milliseconds. */
const POLL_MS = 1000;
const ERROR_PAUSE_MS = 200;
/** Pauses, in real milliseconds, while an open transaction holds committed events back; it ends without a signal. */
const HELD_BACK_MS = [1, 2, 4, 8, 16, 32, 50];
/** The place in the log moves over handed batches after this time, in real milliseconds, or this many. */
const MOVE_AFTER_MS = 20;
const MOVE_AFTER_BATCHES = 32;

/**
 * Starts a follower at the present end of the log: woken by commits of this process, by wake-ups of others, and
 * by a poll behind both. Events come by the completion rule of readers, or by the store's handoff: a batch is
 * taken at once when nothing that was answered before is unread, so that a room keeps its order.
 */
export async function startFollower(
  store: Store,
  spec: FollowerSpec,
  onError: (error: unknown) => void,
): Promise<Follower> {
  const { resources, batchSize = 500 } = spec;
  let stopped = false;
  let moveIsDue = false;
  let moveTimer: NodeJS.Timeout | undefined;
  let wake: () => void = () => {};

  function dueToMove(): void {
    moveIsDue = true;
    wake();
  }

  const progress = new FollowProgress(spec, {
    unread: () => wake(),
    handed(count) {
      if (count >= MOVE_AFTER_BATCHES) dueToMove();
      else moveTimer ??= setTimeout(dueToMove, MOVE_AFTER_MS);
    },
    failed: onError,
  });

  const leave = join(store, progress, resources);
  progress.beginAt(
    await presentEnd(store).catch((error: unknown) => {
      for (const end of leave) end();
      throw error;
    }),
  );

  /** Handles one batch. */
  async function step(): Promise<{ moved: boolean; isHeldBack: boolean }> {
    progress.beginRead();
    moveIsDue = false;
    clearTimeout(moveTimer);
    moveTimer = undefined;
    return progress.finishRead(await readNext(store, progress.position(), resources, batchSize));
  }

  async function pause(longestMs: number): Promise<void> {
    if (progress.isSignalled || moveIsDue || stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Handles all there is. */
  async function drain(): Promise<void> {
    for (let held = 0; !stopped; ) {
      const { moved, isHeldBack } = await step();
      if (moved) held = 0;
      else if (!isHeldBack) return;
      else await pause(HELD_BACK_MS[Math.min(held++, HELD_BACK_MS.length - 1)]!);
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await drain();
        await pause(POLL_MS);
      } catch (error) {
        progress.readFailed();
        if (!stopped) onError(error);
        await new Promise((resolve) => setTimeout(resolve, ERROR_PAUSE_MS));
      }
    }
  }

  const running = run();
  return {
    position: () => progress.position(),
    async caughtUp() {
      const end = await committedEnd(store);
      while (!stopped && (await hasUnread(store, progress.position(), resources, end))) {
        dueToMove();
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
    },
    async stop() {
      stopped = true;
      for (const end of leave) end();
      wake();
      await running;
      await progress.quiet();
      clearTimeout(moveTimer);
    },
  };
}

/** Lets signals and the handoff reach a follower. @returns the functions that end it */
function join(store: Store, progress: FollowProgress, resources?: readonly string[]): (() => void)[] {
  const topics = resources?.map((resource) => `event:${resource}`) ?? ['event'];
  const leave = topics.map((topic) => store.signals.subscribe(topic, (tx) => progress.hear(tx)));
  if (!store.shared) leave.push(store.handoff.join((events) => progress.take(events)));
  return leave;
}
