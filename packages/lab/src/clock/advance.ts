import { ApiError, generalErrors } from '@moothall/core';
import type { Platform, World } from '@moothall/platform';
import { labErrors } from '../lab.errors.ts';
import { storeClock } from './clock-keeper.ts';

/** Due times visited on the way at most; beyond them the rest is one jump. */
const MOST_STEPS = 100;
/** The wire form of times ends with the year 9999. */
const LAST_MS = Date.UTC(9999, 11, 31);

/** The earliest time after now, up to `untilMs`, at which a job falls due. */
async function nextDueMs(world: World, untilMs: number): Promise<number | undefined> {
  const { rows } = await world.store.pool.query<{ due: Date | null }>(
    'select min(run_at) as due from lane where leased_by is null and run_at > $1 and run_at <= $2',
    [world.clock.now(), new Date(untilMs)],
  );
  return rows[0]?.due?.getTime();
}

async function moveTo(world: World, toMs: number): Promise<void> {
  // A running clock goes on between the two readings, so a target just passed counts as reached.
  world.clock.advance(Math.max(0, toMs - world.clock.nowMs()));
  await storeClock(world);
}

/**
 * Moves the clock forward from one due time to the next, so that every job runs at its own time, and
 * resolves when all that is due by `toMs` has run.
 * @throws ApiError 409 `lab.clock_backwards`, 400 beyond the year 9999
 */
export async function advanceTo(platform: Platform, toMs: number): Promise<void> {
  const { world } = platform;
  if (toMs < world.clock.nowMs()) throw new ApiError(labErrors['lab.clock_backwards']);
  if (toMs > LAST_MS) {
    const parameters = { reason: 'the clock ends with the year 9999' };
    throw new ApiError(generalErrors['request.invalid'], { parameters });
  }
  await platform.idle();
  for (let step = 0; step < MOST_STEPS; step++) {
    const due = await nextDueMs(world, toMs);
    if (due === undefined) break;
    await moveTo(world, due);
    await platform.idle();
  }
  await moveTo(world, toMs);
  await platform.idle();
}
