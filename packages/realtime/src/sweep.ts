import type { World } from '@moothall/platform';
import { closeCodes } from './close-codes.ts';
import type { Connection } from './connection.ts';
import type { Connections } from './connections.ts';

/** Between two looks at all sockets, in real milliseconds. */
const SWEEP_MS = 1000;

function judge(world: World, connection: Connection, nowMs: number): 'cut' | 'kept' {
  const unsent = connection.socket.writableLength;
  if (unsent === 0) {
    connection.stuckSinceMs = 0;
    return 'kept';
  }
  connection.stuckSinceMs ||= nowMs;
  const stuckMs = nowMs - connection.stuckSinceMs;
  const isTooLong = stuckMs > world.limits.get('realtime.unsent_for') * 1000;
  return isTooLong || unsent > world.limits.get('realtime.unsent_bytes') ? 'cut' : 'kept';
}

/**
 * Looks at all sockets once a second: whoever does not take what is sent is cut off, and whoever has not said who
 * they are in time. One timer for all.
 * `onSwept` is called after each look.
 * @returns what ends it
 */
export function startSweep(
  world: World,
  connections: Connections,
  silent: Set<Connection>,
  { onCut, onSwept }: { onCut(): void; onSwept(): void },
): () => void {
  const timer = setInterval(() => {
    const nowMs = world.monotonicMs();
    const withinMs = world.limits.get('realtime.authorize_within') * 1000;
    for (const connection of silent) {
      if (nowMs - connection.openedAtMs < withinMs) break;
      connection.close(closeCodes.unauthorized, 'no authorization came in time');
      silent.delete(connection);
    }
    for (const connection of connections.all()) {
      if (connection.state === 'closed' || judge(world, connection, nowMs) === 'kept') continue;
      onCut();
      connection.close(closeCodes.tooSlow, 'too much waits to be taken; resume by cursor');
    }
    onSwept();
  }, SWEEP_MS);
  timer.unref();
  return () => clearInterval(timer);
}
