import type { QueueSpec } from '@moothall/store';
import type { World } from '../../world.ts';
import { deleteExpiredChannels } from './channels.store.ts';

const EVERY_MS = 21_600_000;

/** Every six hours: forgets channels that have expired, with their keys. */
export function channelUpkeepQueue(world: World): QueueSpec {
  return {
    queue: 'encryption-keys.upkeep',
    everyMs: EVERY_MS,
    async run() {
      await deleteExpiredChannels(world.store.db, world.clock.now());
      return { done: {} };
    },
  };
}
