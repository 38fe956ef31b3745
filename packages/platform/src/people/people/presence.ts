import type { World } from '../../world.ts';
import type { PersonRow, SetPresence } from './people.table.ts';

/** When somebody acted last, and when that was stored last; in this process. */
type Seen = { seenMs: number; storedMs: number };

const STORE = `
  update person set last_activity = $2
  where id = $1 and (last_activity is null or last_activity < $2)`;

/**
 * Notes that a person acts now. It is stored at most once per `people.activity_interval` of the
 * world's time; no reply waits for that, and no event tells of it (decided).
 * @returns what stores it, if anything does
 */
export function touchActivity(world: World, personId: string): Promise<void> | undefined {
  const cache = world.caches.named<Seen>('activity');
  const nowMs = world.clock.nowMs();
  const seen = cache.get(personId);
  const sinceStoredMs = seen ? nowMs - seen.storedMs : Number.POSITIVE_INFINITY;
  if (seen && sinceStoredMs >= 0 && sinceStoredMs < world.limits.get('people.activity_interval') * 1000) {
    seen.seenMs = nowMs;
    return undefined;
  }
  cache.set(personId, { seenMs: nowMs, storedMs: nowMs }, cache.version());
  return world.store.pool
    .query(STORE, [personId, new Date(nowMs)])
    .then(() => undefined)
    .catch((error: unknown) => world.log.debug({ err: error }, 'an activity was not stored'));
}

/** Presence of a person; times as ISO texts. */
export type Presence = {
  status: SetPresence['status'] | 'pending' | 'unknown';
  /** When that status began. */
  since: string;
  /** When it ends by what the person said; absent where that is not known. */
  until?: string | undefined;
  label?: string | undefined;
  lastActivity?: string | undefined;
};

/** When a person acted last as this process knows it, in milliseconds since 1970. It reads a cache. */
export function seenActivityMs(world: World, personId: string): number | undefined {
  return world.caches.named<Seen>('activity').get(personId)?.seenMs;
}

/** What a person said of their presence and still holds. */
export function heldPresence(row: Pick<PersonRow, 'set_presence'>, nowMs: number): SetPresence | undefined {
  const set = row.set_presence?.set;
  return set?.until !== undefined && Date.parse(set.until) <= nowMs ? undefined : set;
}

function idlePresence(world: World, actedMs: number, nowMs: number): Presence {
  const idleMs = nowMs - actedMs;
  const lastActivity = new Date(actedMs).toISOString();
  const after = (ms: number) => new Date(actedMs + ms).toISOString();
  const inactiveMs = world.limits.get('people.inactive_after') * 1000;
  const unknownMs = world.limits.get('people.unknown_after') * 1000;
  if (idleMs > unknownMs) return { status: 'unknown', since: after(unknownMs), lastActivity };
  if (idleMs >= inactiveMs) return { status: 'inactive', since: after(inactiveMs), lastActivity };
  return { status: 'active', since: lastActivity, lastActivity };
}

/**
 * Presence of a person by the world's clock: what they said, for as long as they said; else `pending` until they
 * acted once, `inactive` after `people.inactive_after`, `unknown` when more than `people.unknown_after` went by
 * (documented, F35 to F38). Reads no cache, so that it may be asked in a transaction.
 * @param seenMs when they acted last, as far as this process knows
 */
export function presenceAt(world: World, row: PersonRow, seenMs: number | undefined): Presence {
  const nowMs = world.clock.nowMs();
  const storedMs = row.last_activity?.getTime();
  const actedMs = seenMs === undefined ? storedMs : Math.max(seenMs, storedMs ?? 0);
  const held = heldPresence(row, nowMs);
  if (held)
    return { ...held, lastActivity: actedMs === undefined ? undefined : new Date(actedMs).toISOString() };
  if (actedMs === undefined) return { status: 'pending', since: row.created.toISOString() };
  return idlePresence(world, actedMs, nowMs);
}

/**
 * Presence of a person for who may see it.
 * @param viewerId who asks: somebody who looks at themselves acts at this moment
 */
export function presenceOf(world: World, row: PersonRow, viewerId: string): Presence {
  const isSelf = row.id === viewerId;
  return presenceAt(world, row, isSelf ? world.clock.nowMs() : seenActivityMs(world, row.id));
}
