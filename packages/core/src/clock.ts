/** What every rule reads time from. */
export interface Clock {
  /** The world's time. */
  now(): Date;
  /** The world's time in milliseconds since 1970. */
  nowMs(): number;
}

/** How a world's clock stands; enough to go on after a restart. */
export type ClockState = {
  /** World time minus real time, in milliseconds, while it runs. */
  offsetMs: number;
  /** Where it was stopped, in milliseconds since 1970; absent while it runs. */
  frozenAtMs?: number;
};

/** Refusal to move a clock back: rules that have fired cannot be undone, a snapshot can be loaded. */
export class ClockBackwards extends Error {}

/** The clock of one world: it can be frozen, advanced and set forward, and wakes what waits for a time. */
export interface WorldClock extends Clock {
  state(): ClockState;
  isFrozen(): boolean;
  freeze(): void;
  resume(): void;
  /** Moves forward by a span. @throws ClockBackwards for a negative one */
  advance(byMs: number): void;
  /** Moves to a time. @throws ClockBackwards for an earlier one */
  set(toMs: number): void;
  /** Replaces the state, in either direction: for the load of a snapshot only. */
  load(state: ClockState): void;
  /** Calls back once, when the world's time has reached `atMs`; the result cancels it. */
  wakeAt(atMs: number, wake: () => void): () => void;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A clock that starts at `state` and runs with the machine's clock until it is frozen or moved. */
export function createWorldClock(initial: ClockState = { offsetMs: 0 }): WorldClock {
  let state = initial;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Map<object, { atMs: number; wake: () => void }>();
  const nowMs = () => state.frozenAtMs ?? Date.now() + state.offsetMs;

  function fireDue(): void {
    const now = nowMs();
    for (const [key, entry] of waiting) {
      if (entry.atMs > now) continue;
      waiting.delete(key);
      entry.wake();
    }
    schedule();
  }

  function schedule(): void {
    if (timer) clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0 || state.frozenAtMs !== undefined) return;
    const earliest = Math.min(...[...waiting.values()].map((entry) => entry.atMs));
    timer = setTimeout(fireDue, Math.min(Math.max(earliest - nowMs(), 0), LONGEST_TIMER_MS));
    timer.unref?.();
  }

  function change(next: ClockState): void {
    state = next;
    fireDue();
  }

  return {
    nowMs,
    now: () => new Date(nowMs()),
    state: () => ({ ...state }),
    isFrozen: () => state.frozenAtMs !== undefined,
    freeze: () => change({ offsetMs: state.offsetMs, frozenAtMs: nowMs() }),
    resume: () => {
      if (state.frozenAtMs !== undefined) change({ offsetMs: state.frozenAtMs - Date.now() });
    },
    advance(byMs) {
      if (byMs < 0) throw new ClockBackwards('the clock moves forward only');
      const offsetMs = state.offsetMs + byMs;
      change(
        state.frozenAtMs === undefined ? { offsetMs } : { offsetMs, frozenAtMs: state.frozenAtMs + byMs },
      );
    },
    set(toMs) {
      this.advance(toMs - nowMs());
    },
    load: change,
    wakeAt(atMs, wake) {
      const key = {};
      waiting.set(key, { atMs, wake });
      schedule();
      return () => {
        if (waiting.delete(key)) schedule();
      };
    },
  };
}
