import type { ClockState, WorldClock } from '@moothall/core';
import type { World } from '@moothall/platform';
import { readState, writeState } from '../state.ts';

/** How a clock stood when it was stored. */
export type StoredClock = ClockState & { atMs: number };

/** Stores how the clock stands, so that it goes on after a restart and goes into snapshots. */
export async function storeClock(world: World): Promise<void> {
  const stored: StoredClock = { ...world.clock.state(), atMs: world.clock.nowMs() };
  await writeState(world, 'lab.clock', stored);
}

/** Sets the clock as it was stored: after a restart it is as if it had gone on meanwhile. */
export async function restoreClock(world: World): Promise<void> {
  const stored = await readState<StoredClock>(world, 'lab.clock');
  if (stored) world.clock.load(stateOf(stored));
}

function stateOf({ offsetMs, frozenAtMs }: StoredClock): ClockState {
  return frozenAtMs === undefined ? { offsetMs } : { offsetMs, frozenAtMs };
}

/**
 * Sets a clock as a snapshot has it: a clock that was ever moved goes back to the very time of the
 * snapshot, one that ran with the machine's clock goes on with it (decided).
 */
export function rewindClock(clock: WorldClock, stored: StoredClock): void {
  const runsOnRealTime = stored.offsetMs === 0;
  if (runsOnRealTime || stored.frozenAtMs !== undefined) {
    clock.load(stateOf(stored));
    return;
  }
  clock.load({ offsetMs: stored.offsetMs, frozenAtMs: stored.atMs });
  clock.resume();
}

/** Sets the world's clock as the snapshot has it that its database was just made of. */
export async function rewindToSnapshot(world: World): Promise<void> {
  const stored = await readState<StoredClock>(world, 'lab.clock');
  if (!stored) return;
  rewindClock(world.clock, stored);
  await storeClock(world);
}
