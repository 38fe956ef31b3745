import type { HandlerResult, QueueSpec } from '@moothall/store';
import type { World } from '../../world.ts';
import { EXPIRY_QUEUE } from './expiry-queue.ts';
import { emitRegistration } from './registrations.service.ts';
import { deleteExpired, deleteFinishedJobs, findLive, type Registration } from './registrations.store.ts';

const EVERY_MS = 21_600_000;

type Expiring = Pick<Registration, 'id' | 'personId'>;

/** Ends a registration whose time is over; one that was refreshed is looked at again when that time is over. */
function expire(world: World, which: Expiring): Promise<HandlerResult> {
  return world.store.tx(async (tx) => {
    const now = world.clock.now();
    const expired = await deleteExpired(tx.db, which, now);
    if (expired) emitRegistration(tx, 'deleted', expired, {});
    // Looked at second: a refresh that was under way may have let it live on.
    const live = expired ? undefined : await findLive(tx.db, which.id, now);
    return live ? { retryAt: live.expires, result: {} } : { done: { deleted: expired !== undefined } };
  });
}

/** Ends registrations at the time when they expire, so that their sockets are closed (F6). */
export function expiryQueue(world: World): QueueSpec {
  return { queue: EXPIRY_QUEUE, run: ({ payload }) => expire(world, payload as Expiring) };
}

/** Every six hours: forgets the jobs of registrations that are gone. */
export function expiryUpkeepQueue(world: World): QueueSpec {
  return {
    queue: 'registrations.upkeep',
    everyMs: EVERY_MS,
    async run() {
      await deleteFinishedJobs(world.store.db, EXPIRY_QUEUE, world.clock.now());
      return { done: {} };
    },
  };
}
