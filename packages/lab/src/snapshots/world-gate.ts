import { ApiError, generalErrors } from '@moothall/core';
import type { Trace } from '@moothall/http';

/** Longest time for which a request waits at the gate, and the gate for requests in hand. */
const LONGEST_WAIT_MS = 2000;

/** Holds requests while a world is replaced, and knows which are in hand. */
export interface WorldGate {
  /** Lets a request in, at once or when the gate opens. @throws ApiError 503 after 2 s */
  enter(trace: Trace): Promise<void> | void;
  leave(trace: Trace): void;
  /** Closes the gate, waits up to 2 s for the requests in hand, works, and opens it. */
  closedWhile<T>(work: () => Promise<T>): Promise<T>;
}

/** An open gate. */
export function createWorldGate(): WorldGate {
  const inHand = new Set<Trace>();
  let opening: Promise<void> | undefined;
  let drained: () => void = () => {};

  function atMost(work: Promise<void>): Promise<void> {
    let timer: ReturnType<typeof setTimeout>;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LONGEST_WAIT_MS);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }

  async function wait(trace: Trace): Promise<void> {
    await atMost(opening!);
    if (opening) throw new ApiError(generalErrors['server.busy'], { retryAfterSeconds: 1 });
    inHand.add(trace);
  }

  return {
    enter(trace) {
      if (opening) return wait(trace);
      inHand.add(trace);
    },
    leave(trace) {
      if (inHand.delete(trace) && inHand.size === 0) drained();
    },
    async closedWhile(work) {
      let open: () => void = () => {};
      opening = new Promise<void>((resolve) => {
        open = resolve;
      });
      try {
        if (inHand.size > 0) {
          await atMost(
            new Promise<void>((resolve) => {
              drained = resolve;
            }),
          );
        }
        return await work();
      } finally {
        drained = () => {};
        opening = undefined;
        open();
      }
    },
  };
}
