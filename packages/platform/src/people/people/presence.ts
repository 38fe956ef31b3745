import type { World } from '../../world.ts';
import type { PersonRow } from './people.table.ts';

/** When somebody acted last, and when that was stored last; in this process. */
type Seen = { seenMs: number; storedMs: number };

const STORE = `
  update person set last_activity = $2
  where id = $1 and (last_activity is null or last_activity < $2)`;

/**
 * Notes that a person acts now. It is stored at most once per `people.activity_interval` of the
 * world's time; nobody waits for that, and no event tells of it (decided).
 */
export function touchActivity(world: World, personId: string): void {
  const cache = world.caches.named<Seen>('activity');
  const nowMs = world.clock.nowMs();
  const seen = cache.get(personId);
  const sinceStoredMs = seen ? nowMs - seen.storedMs : Number.POSITIVE_INFINITY;
  if (seen && sinceStoredMs >= 0 && sinceStoredMs < world.limits.get('people.activity_interval') * 1000) {
    seen.seenMs = nowMs;
    return;
  }
  cache.set(personId, { seenMs: nowMs, storedMs: nowMs }, cache.version());
  world.store.pool
    .query(STORE, [personId, new Date(nowMs)])
    .catch((error: unknown) => world.log.debug({ err: error }, 'an activity was not stored'));
}

/** Presence on the wire. */
export type Presence = {
  status: 'active' | 'inactive' | 'pending' | 'unknown';
  lastActivity?: string;
};

function lastActivityMs(world: World, row: PersonRow): number | undefined {
  const seen = world.caches.named<Seen>('activity').get(row.id);
  const stored = row.last_activity?.getTime();
  return seen ? Math.max(seen.seenMs, stored ?? 0) : stored;
}

/**
 * Presence of a person by the world's clock: `pending` until they acted once, `inactive` after
 * `people.inactive_after`, `unknown` when more than `people.unknown_after` went by (documented, F35 to F38).
 * @param viewerId who asks: somebody who looks at themselves acts at this moment
 */
export function presenceOf(world: World, row: PersonRow, viewerId: string): Presence {
  const nowMs = world.clock.nowMs();
  const actedMs = row.id === viewerId ? nowMs : lastActivityMs(world, row);
  if (actedMs === undefined) return { status: 'pending' };
  const idleSeconds = (nowMs - actedMs) / 1000;
  const lastActivity = new Date(actedMs).toISOString();
  if (idleSeconds > world.limits.get('people.unknown_after')) return { status: 'unknown', lastActivity };
  if (idleSeconds >= world.limits.get('people.inactive_after')) return { status: 'inactive', lastActivity };
  return { status: 'active', lastActivity };
}
