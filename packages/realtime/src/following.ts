import type { Follower } from '@moothall/store';

/** How long the log is followed on when the last socket has gone, in real milliseconds: many come back at once. */
const FOLLOWED_ON_MS = 10_000;

/**
 * Follows the log as long as somebody hears of it: where nobody does, each event would still cost what it costs to
 * hand it over.
 */
export class Following {
  #begun: Promise<Follower> | undefined;
  #heardMs = 0;
  readonly #begin: () => Promise<Follower>;
  readonly #onRest: () => void;

  /** @param onRest called before the log is left: what was kept by it becomes old */
  constructor(begin: () => Promise<Follower>, onRest: () => void) {
    this.#begin = begin;
    this.#onRest = onRest;
  }

  /** The follower, which begins at the present end of the log where there is none. */
  follower(): Promise<Follower> {
    this.#begun ??= this.#begin().catch((error) => {
      this.#begun = undefined;
      throw error;
    });
    return this.#begun;
  }

  /** Looks whether it goes on; called now and then. @param isHeard whether there is a socket, or one is let in */
  async look(isHeard: boolean, nowMs: number): Promise<void> {
    if (isHeard) this.#heardMs = nowMs;
    else if (nowMs - this.#heardMs > FOLLOWED_ON_MS) await this.rest();
  }

  /** Leaves the log after the call in hand. */
  async rest(): Promise<void> {
    const begun = this.#begun;
    this.#begun = undefined;
    this.#onRest();
    await (await begun)?.stop();
  }

  /** Resolves when all that had been committed before the call is passed on to those who hear. */
  async caughtUp(): Promise<void> {
    await (await this.#begun)?.caughtUp();
  }
}
