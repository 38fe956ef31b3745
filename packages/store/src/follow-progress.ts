import type { NextEvents } from './follow-log.ts';
import { type FollowPosition, MOST_HANDED } from './follow-position.ts';
import type { FollowedEvent } from './followed-event.ts';

/** Whom events are passed on to. */
export type Handling = {
  handle(events: readonly FollowedEvent[]): Promise<void> | void;
  resources?: readonly string[];
};

/** What happens to a follower's progress beside reads of the log. */
export type ProgressPorts = {
  /** The log is to be read at once. */
  unread(): void;
  /** A batch was handed over; so many since the last read. */
  handed(count: number): void;
  failed(error: unknown): void;
};

/** How far one follower is, in the log and beyond it; it makes one call of `handle` at a time. */
export class FollowProgress {
  readonly #spec: Handling;
  readonly #ports: ProgressPorts;
  readonly #handed = new Set<string>();
  #place = { tx: '0', seq: 0 };
  /** Nothing is unread: the last read saw everything, and no signal came since it began. */
  #isClean = false;
  #signalled = true;
  #handedSinceRead = 0;
  #handling: Promise<void> | undefined;
  #taking: string | undefined;

  constructor(spec: Handling, ports: ProgressPorts) {
    this.#spec = spec;
    this.#ports = ports;
  }

  /** Something was committed since the last read began. */
  get isSignalled(): boolean {
    return this.#signalled;
  }

  /** What `handle` has been through with. */
  position(): FollowPosition {
    return { ...this.#place, handed: [...this.#handed] };
  }

  /** Resolves when no call is under way. */
  async quiet(): Promise<void> {
    while (this.#handling) await this.#handling;
  }

  /** Hears that something was committed. @param tx the transaction where it was given to followers, or empty */
  hear(tx: string): void {
    if (tx === '' || (tx !== this.#taking && !this.#isPassed(tx))) this.#markUnread();
  }

  /** Passes on what was just committed, unless something else is to come before it. */
  take(events: readonly FollowedEvent[]): void {
    const tx = events[0]!.tx;
    const isBusy = this.#handling !== undefined || this.#taking !== undefined;
    if (!this.#isClean || isBusy || this.#handed.size >= MOST_HANDED || this.#isPassed(tx)) return;
    const { resources } = this.#spec;
    const chosen = resources ? events.filter(({ resource }) => resources.includes(resource)) : events;
    if (chosen.length > 0) this.#hand(tx, chosen);
  }

  /** Forgets the signals before a read of the log. */
  beginRead(): void {
    this.#signalled = false;
    this.#handedSinceRead = 0;
  }

  /** Sees to it that nothing is taken before the log was read again. */
  readFailed(): void {
    this.#isClean = false;
  }

  /** Passes on what was read. @returns whether there was anything, and whether events are held back */
  async finishRead({ events, to, heldBack, isFull }: NextEvents): Promise<{
    moved: boolean;
    isHeldBack: boolean;
  }> {
    await this.quiet();
    // Batches may have been handed over while the log was read.
    const unread = events.filter(({ tx }) => !this.#handed.has(tx));
    const isHeldBack = heldBack.some((tx) => !this.#handed.has(tx));
    if (unread.length > 0) {
      // What is passed on now must not be taken again while the place stays behind it.
      this.#isClean = false;
      await this.#pass(unread);
    }
    this.#moveTo(to);
    this.#isClean = !this.#signalled && !isHeldBack && !isFull;
    return { moved: unread.length > 0 || isFull, isHeldBack };
  }

  /** Begins after a position. */
  beginAt({ tx, seq, handed }: FollowPosition): void {
    for (const id of handed) this.#handed.add(id);
    this.#moveTo({ tx, seq });
  }

  /** Sets the place in the log; what was handed before it needs no mention any more. */
  #moveTo({ tx, seq }: { tx: string; seq: number }): void {
    this.#place = { tx, seq };
    const first = BigInt(tx);
    for (const id of this.#handed) if (BigInt(id) < first) this.#handed.delete(id);
  }

  #hand(tx: string, events: readonly FollowedEvent[]): void {
    this.#taking = tx;
    try {
      const answer = this.#spec.handle(events);
      const done = () => this.#noteHanded(tx);
      if (answer) this.#handling = answer.then(done, (error: unknown) => this.#noteFailed(error));
      else done();
    } catch (error) {
      this.#noteFailed(error);
    }
  }

  async #pass(events: readonly FollowedEvent[]): Promise<void> {
    const answer = this.#spec.handle(events);
    if (!answer) return;
    const ended = () => {
      this.#handling = undefined;
    };
    this.#handling = answer.then(ended, ended);
    await answer;
  }

  /** Whether a committed transaction was passed on as a whole; the log may have been faster than its handoff. */
  #isPassed(tx: string): boolean {
    return this.#handed.has(tx) || BigInt(tx) < BigInt(this.#place.tx);
  }

  #markUnread(): void {
    this.#signalled = true;
    this.#isClean = false;
    this.#ports.unread();
  }

  #noteHanded(tx: string): void {
    this.#endTaking();
    this.#handed.add(tx);
    this.#ports.handed(++this.#handedSinceRead);
  }

  #noteFailed(error: unknown): void {
    this.#endTaking();
    this.#ports.failed(error);
    this.#markUnread();
  }

  #endTaking(): void {
    this.#taking = undefined;
    this.#handling = undefined;
  }
}
