import { expect, it, vi } from 'vitest';
import { ClockBackwards, createWorldClock } from './clock.ts';

it('F99: stands still while frozen, moves only by advance and set, and runs on after resume', async () => {
  const clock = createWorldClock();
  clock.freeze();
  const start = clock.nowMs();
  await new Promise((resolve) => setTimeout(resolve, 15));
  expect(clock.nowMs()).toBe(start);
  clock.advance(14 * 86_400_000);
  expect(clock.nowMs()).toBe(start + 14 * 86_400_000);
  clock.set(start + 30 * 86_400_000);
  expect(clock.now().getTime()).toBe(start + 30 * 86_400_000);
  clock.resume();
  await vi.waitFor(() => expect(clock.nowMs()).toBeGreaterThan(start + 30 * 86_400_000));
});

it('refuses to go back', () => {
  const clock = createWorldClock();
  expect(() => clock.advance(-1)).toThrow(ClockBackwards);
  expect(() => clock.set(clock.nowMs() - 1000)).toThrow(ClockBackwards);
});

it('wakes what is due when it is advanced, in one go, and nothing that was cancelled', () => {
  const clock = createWorldClock({ offsetMs: 0, frozenAtMs: 1000 });
  const woken: number[] = [];
  clock.wakeAt(2000, () => woken.push(2000));
  clock.wakeAt(3000, () => woken.push(3000))();
  clock.wakeAt(9000, () => woken.push(9000));
  clock.advance(5000);
  expect(woken).toEqual([2000]);
  clock.load({ offsetMs: 0, frozenAtMs: 10_000 });
  expect(woken).toEqual([2000, 9000]);
});

it('wakes by itself while it runs', async () => {
  const clock = createWorldClock();
  await new Promise<void>((resolve) => clock.wakeAt(clock.nowMs() + 10, resolve));
});
