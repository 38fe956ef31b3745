import type { StoredEvent } from './events.ts';
import { committedEnd, hasUnread, presentEnd, readNext } from './follow-log.ts';
import { type FollowPosition, MOST_HANDED } from './follow-position.ts';
import type { Store } from './store.ts';

/** An event as followers get it. */
export type FollowedEvent = StoredEvent & {
  /** What whoever wrote it had at hand, such as the row; absent where it was read from the log. */
  content?: unknown;
};

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
  const handed = new Set<string>();
  let stopped = false;
  /** Something was committed since the last read began. */
  let signalled = true;
  /** Nothing is unread: the last read saw everything, and no signal came since it began. */
  let isClean = false;
  let moveIsDue = false;
  let handedSinceRead = 0;
  let moveTimer: NodeJS.Timeout | undefined;
  let handling: Promise<void> | undefined;
  let taking: string | undefined;
  let place = { tx: '0', seq: 0 };
  let wake: () => void = () => {};

  function markUnread(): void {
    signalled = true;
    isClean = false;
    wake();
  }

  function dueToMove(): void {
    moveIsDue = true;
    wake();
  }

  const leave = [
    ...(resources?.map((resource) => `event:${resource}`) ?? ['event']).map((topic) =>
      store.signals.subscribe(topic, (tx) => {
        if (tx === '' || (tx !== taking && !isPassed(tx))) markUnread();
      }),
    ),
    ...(store.shared ? [] : [store.handoff.join(take)]),
  ];
  place = await presentEnd(store).catch((error: unknown) => {
    for (const end of leave) end();
    throw error;
  });

  /** Whether a committed transaction was passed on as a whole; the log may have been faster than its handoff. */
  function isPassed(tx: string): boolean {
    return handed.has(tx) || BigInt(tx) < BigInt(place.tx);
  }

  function noteHanded(tx: string): void {
    taking = undefined;
    handed.add(tx);
    if (++handedSinceRead >= MOVE_AFTER_BATCHES) dueToMove();
    else moveTimer ??= setTimeout(dueToMove, MOVE_AFTER_MS);
  }

  function noteFailed(error: unknown): void {
    taking = undefined;
    onError(error);
    markUnread();
  }

  const endHandling = () => {
    handling = undefined;
  };

  /** Passes on what was just committed, unless something else is to come before it. */
  function take(events: readonly FollowedEvent[]): void {
    if (!isClean || handling || taking || stopped || handed.size >= MOST_HANDED) return;
    const chosen = resources ? events.filter(({ resource }) => resources.includes(resource)) : events;
    const tx = events[0]!.tx;
    if (chosen.length === 0 || isPassed(tx)) return;
    taking = tx;
    try {
      const answer = spec.handle(chosen);
      if (answer) handling = answer.then(() => noteHanded(tx), noteFailed).finally(endHandling);
      else noteHanded(tx);
    } catch (error) {
      noteFailed(error);
    }
  }

  async function pass(events: readonly FollowedEvent[]): Promise<void> {
    const answer = spec.handle(events);
    if (!answer) return;
    handling = answer.finally(endHandling);
    await handling;
  }

  function moveTo(to: { tx: string; seq: number }): void {
    place = { tx: to.tx, seq: to.seq };
    const first = BigInt(to.tx);
    for (const tx of handed) if (BigInt(tx) < first) handed.delete(tx);
  }

  const position = (): FollowPosition => ({ ...place, handed: [...handed] });

  function beginRead(): void {
    signalled = false;
    moveIsDue = false;
    handedSinceRead = 0;
    clearTimeout(moveTimer);
    moveTimer = undefined;
  }

  /** Handles one batch. */
  async function step(): Promise<{ moved: boolean; isHeldBack: boolean }> {
    beginRead();
    const { events, to, heldBack, isFull } = await readNext(store, position(), resources, batchSize);
    while (handling) await handling;
    // Batches may have been handed over while the log was read.
    const unread = events.filter(({ tx }) => !handed.has(tx));
    const isHeldBack = heldBack.some((tx) => !handed.has(tx));
    if (unread.length > 0) {
      // What is passed on now must not be taken again while the place stays behind it.
      isClean = false;
      await pass(unread);
    }
    moveTo(to);
    isClean = !signalled && !isHeldBack && !isFull;
    return { moved: unread.length > 0 || isFull, isHeldBack };
  }

  async function pause(longestMs: number): Promise<void> {
    if (signalled || moveIsDue || stopped) return;
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
        isClean = false;
        if (!stopped) onError(error);
        await new Promise((resolve) => setTimeout(resolve, ERROR_PAUSE_MS));
      }
    }
  }

  const running = run();
  return {
    position,
    async caughtUp() {
      const end = await committedEnd(store);
      while (!stopped && (await hasUnread(store, position(), resources, end))) {
        dueToMove();
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
    },
    async stop() {
      stopped = true;
      for (const end of leave) end();
      wake();
      await running;
      await handling;
      clearTimeout(moveTimer);
    },
  };
}
