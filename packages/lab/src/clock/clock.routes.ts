import { ApiError, parseDurationMs } from '@moothall/core';
import type { Mount } from '@moothall/http';
import { labErrors } from '../lab.errors.ts';
import type { LabParts } from '../lab-parts.ts';
import { advanceTo } from './advance.ts';
import { advanceClock, freezeClock, getClock, resumeClock, setClock, waitForIdle } from './clock.contract.ts';
import { storeClock } from './clock-keeper.ts';

/** Ties the operations of the clock to their verbs. */
export function mountClock(mount: Mount, { platform, world, turns }: LabParts): void {
  const { clock } = world;
  const present = () => ({
    now: clock.now().toISOString(),
    frozen: clock.isFrozen(),
    offsetMs: clock.state().offsetMs,
  });
  const change = (action: () => Promise<void>) =>
    turns(async () => {
      await action();
      await storeClock(world);
      return present();
    });
  mount(getClock, present);
  mount(advanceClock, ({ body }) => {
    const byMs = parseDurationMs(body.by);
    if (byMs === undefined)
      throw new ApiError(labErrors['lab.duration_invalid'], { parameters: { by: body.by } });
    return change(() => advanceTo(platform, clock.nowMs() + byMs));
  });
  mount(setClock, ({ body }) => change(() => advanceTo(platform, body.to.getTime())));
  mount(freezeClock, () => change(async () => clock.freeze()));
  mount(resumeClock, () => change(async () => clock.resume()));
  mount(waitForIdle, async () => {
    await platform.idle();
    return undefined;
  });
}
