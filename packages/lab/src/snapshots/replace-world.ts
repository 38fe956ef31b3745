import type { Platform, World } from '@moothall/platform';
import { rewindToSnapshot } from '../clock/clock-keeper.ts';
import { readState, writeState } from '../state.ts';
import type { DatabaseCopies } from './database-copies.ts';
import type { WorldGate } from './world-gate.ts';

/** Signal of a world whose database was replaced, with its new epoch: whoever holds sockets closes them. */
const WORLD_REPLACED = 'world:replaced';

/** Runs `work` while no connection of this process is open to the world's database. */
export async function withoutConnections<T>(world: World, work: () => Promise<T>): Promise<T> {
  await world.store.pool.close();
  try {
    return await work();
  } finally {
    world.store.pool.open();
  }
}

/** Runs `work` while the world stands still: no workers, no requests, no connections. */
export async function atStandstill<T>(
  platform: Platform,
  gate: WorldGate,
  work: () => Promise<T>,
  afterOpen: () => Promise<void> = async () => {},
): Promise<T> {
  // Workers first: a delivery in hand may take seconds, and requests need not wait for that.
  await platform.stopWork();
  try {
    return await gate.closedWhile(async () => {
      const result = await withoutConnections(platform.world, work);
      await afterOpen();
      return result;
    });
  } finally {
    await platform.startWork();
  }
}

/**
 * Puts a prepared copy in the place of the world's database: caches are cleared, the clock goes
 * back to that of the copy, and the epoch rises, so that nothing of the replaced world is taken for
 * the new one. Readers and workers keep their place in the database itself, so it goes back with it.
 * @returns the new epoch
 */
export async function replaceWorld(
  platform: Platform,
  gate: WorldGate,
  copies: DatabaseCopies,
  prepared: string,
): Promise<number> {
  const { world } = platform;
  const epoch = ((await readState<number>(world, 'lab.epoch')) ?? 0) + 1;
  await atStandstill(
    platform,
    gate,
    () => copies.swapIn(prepared, epoch),
    async () => {
      world.caches.clearAll();
      await rewindToSnapshot(world);
      await writeState(world, 'lab.epoch', epoch);
    },
  );
  world.store.signals.emit(WORLD_REPLACED, String(epoch));
  return epoch;
}
