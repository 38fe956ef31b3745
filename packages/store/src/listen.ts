import pg from 'pg';
import { WAKE_CHANNEL } from './others.ts';
import type { DatabaseAddress } from './pool.ts';
import type { Signals } from './signals.ts';

const RECONNECT_MS = 500;

/** A running listener. */
export interface Listener {
  stop(): Promise<void>;
}

/**
 * Passes wake-ups of other processes on to this one's signals. A connection that breaks is made
 * anew; what was missed meanwhile is found by the polls behind every signal.
 */
export function startListener(
  address: DatabaseAddress,
  signals: Signals,
  onError: (error: unknown) => void,
): Listener {
  let client: pg.Client | undefined;
  let stopped = false;

  async function connect(): Promise<void> {
    const next = new pg.Client(address);
    client = next;
    next.on('notification', ({ payload }) => {
      for (const topic of (payload ?? '').split('\n')) signals.emit(topic);
    });
    next.on('error', onError);
    const ended = new Promise<void>((resolve) => next.once('end', () => resolve()));
    await next.connect();
    await next.query(`listen ${WAKE_CHANNEL}`);
    await ended;
  }

  async function run(): Promise<void> {
    while (!stopped) {
      await connect().catch((error: unknown) => {
        if (!stopped) onError(error);
      });
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  }

  const running = run();
  return {
    async stop() {
      stopped = true;
      await client?.end().catch(() => {});
      await running;
    },
  };
}
