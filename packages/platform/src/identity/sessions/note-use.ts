import type { Actor } from '@moothall/contract';
import type { World } from '../../world.ts';

const OF_TOKEN = 'update token set last_used = $2 where id = $1 and (last_used is null or last_used < $2)';
const OF_SESSION = 'update session set last_used = $2 where id = $1 and last_used < $2';

/**
 * Notes that a token, or a session of our pages, is used now. It is stored at most once per
 * `session.use_interval` of the world's time; no reply waits for that, and no event tells of it (decided).
 * @returns what stores it, if anything does
 */
export function noteUse(
  world: World,
  { tokenId, sessionId }: Pick<Actor, 'tokenId' | 'sessionId'>,
): Promise<void> | undefined {
  const stored = world.caches.named<number>('use');
  const nowMs = world.clock.nowMs();
  const sinceMs = nowMs - (stored.get(tokenId) ?? Number.NEGATIVE_INFINITY);
  // A clock that was loaded from a snapshot may stand earlier.
  if (sinceMs >= 0 && sinceMs < world.limits.get('session.use_interval') * 1000) return undefined;
  stored.set(tokenId, nowMs, stored.version());
  return world.store.pool
    .query(sessionId === undefined ? OF_TOKEN : OF_SESSION, [tokenId, new Date(nowMs)])
    .then(() => undefined)
    .catch((error: unknown) => world.log.debug({ err: error }, 'a use was not stored'));
}
