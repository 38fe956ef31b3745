import type { QueueSpec } from '@moothall/store';
import type { World } from '../../world.ts';
import { heldPresence, lockPerson, seenActivityMs, updatePersonRow } from '../people/index.ts';
import { EXPIRY_QUEUE } from './expiry-queue.ts';
import { emitPresence, storePresence } from './set-presence.ts';
import { deleteExpired, deleteFinishedJobs } from './subscriptions.store.ts';

const EVERY_MS = 21_600_000;

type Check = { personId: string; checkAt: string };

/** Tells of a presence that is over; one that holds longer by now is looked at again when that time is over. */
async function check(world: World, { personId, checkAt }: Check): Promise<boolean> {
  // A cache is read before the transaction.
  const seenMs = seenActivityMs(world, personId);
  return world.store.tx(async (tx) => {
    const row = await lockPerson(tx.db, personId);
    if (row?.set_presence?.checkAt !== checkAt) return false;
    const { set } = row.set_presence;
    const unchecked = { ...row, set_presence: { set } };
    const held = heldPresence(row, world.clock.nowMs());
    if (held || !set) {
      await storePresence(tx, unchecked, held);
      return false;
    }
    const over = await updatePersonRow(tx.db, personId, { set_presence: null });
    emitPresence(world, tx, over, seenMs);
    return true;
  });
}

/** Tells of presence at the time when what somebody said of it is over. */
export function expiryQueue(world: World): QueueSpec {
  return {
    queue: EXPIRY_QUEUE,
    run: async ({ payload }) => ({ done: { isOver: await check(world, payload as Check) } }),
  };
}

/** Every six hours: forgets subscriptions and jobs that are over. */
export function upkeepQueue(world: World): QueueSpec {
  return {
    queue: 'presence.upkeep',
    everyMs: EVERY_MS,
    async run() {
      const now = world.clock.now();
      await deleteExpired(world.store.db, now);
      await deleteFinishedJobs(world.store.db, EXPIRY_QUEUE, now);
      return { done: {} };
    },
  };
}
