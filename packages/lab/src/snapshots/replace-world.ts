import type { Platform } from '@moothall/platform';
import { EPOCH_STATE, type Store } from '@moothall/store';
import { rewindToSnapshot } from '../clock/clock-keeper.ts';
import { readState } from '../state.ts';
import type { WorldGate } from './world-gate.ts';

/** Runs `work` while no connection of this process is open to the world's database. */
export async function withoutConnections<T>(
  { pool }: Pick<Store, 'pool'>,
  work: () => Promise<T>,
): Promise<T> {
  await pool.close();
  try {
    return await work();
  } finally {
    pool.open();
  }
}

/** Runs `work` while the world stands still: no workers, no requests, and nothing that they left behind. */
export async function atStandstill<T>(
  platform: Platform,
  gate: WorldGate,
  work: () => Promise<T>,
): Promise<T> {
  // Workers first: a delivery in hand may take seconds, and requests need not wait for that.
  await platform.stopWork();
  try {
    return await gate.closedWhile(async () => {
      await platform.settled();
      return work();
    });
  } finally {
    await platform.startWork();
  }
}

/**
 * Puts an earlier state in the place of the world's: caches are cleared, the clock goes back to that of the state, and
 * the epoch rises, so that nothing of the replaced world is taken for the new one. Readers and workers keep their place
 * in the database itself, so it goes back with it.
 * @param replace puts the state there, with the epoch in it
 * @returns the new epoch
 */
export async function replaceWorld(
  { platform, gate }: { platform: Platform; gate: WorldGate },
  replace: (epoch: number) => Promise<void>,
): Promise<number> {
  const { world } = platform;
  const epoch = ((await readState<number>(world, EPOCH_STATE)) ?? 0) + 1;
  await atStandstill(platform, gate, async () => {
    await replace(epoch);
    world.caches.clearAll();
    await rewindToSnapshot(world);
  });
  return epoch;
}
