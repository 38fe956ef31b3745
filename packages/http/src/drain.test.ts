import { operation } from '@moothall/contract';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createHttpDoor } from './index.ts';

const wait = operation({
  id: 'echo.wait',
  method: 'GET',
  path: '/wait',
  summary: 'Wait',
  response: z.strictObject({ done: z.literal(true) }),
  source: 'decided',
  coverage: { status: 'done', testedBy: [] },
});

/** A door whose one operation is answered when `until` says. */
async function openDoor(until: () => Promise<unknown>) {
  const settings = { bodyLimitBytes: 1000, checkReplies: true, secureHeaders: false };
  const door = createHttpDoor(settings, {
    log: pino({ level: 'silent' }),
    authenticate: () => undefined,
    authenticateSession: () => undefined,
    csrfTokenOf: (cookie) => cookie,
    admit: () => ['user'],
    acceptFile: () => Promise.reject(new Error('no files here')),
    limitRate: () => {},
    finished: () => {},
    newTrackingId: () => 'ROUTER_TEST',
    monotonicMs: () => performance.now(),
  });
  door.mount(wait, async () => {
    await until();
    return { done: true as const };
  });
  const { port } = await door.listen('127.0.0.1', 0);
  return { door, port };
}

it('a closing door serves what still comes, or takes no connection: nothing is refused in between', async () => {
  const { door, port } = await openDoor(() => new Promise((resolve) => setTimeout(resolve, 2)));
  const statuses = new Set<number>();
  const lane = async () => {
    for (;;) {
      const reply = await fetch(`http://127.0.0.1:${port}/v1/wait`).catch(() => undefined);
      if (!reply) return;
      statuses.add(reply.status);
      await reply.text();
    }
  };
  const lanes = Array.from({ length: 32 }, lane);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const closingMs = performance.now();
  await door.close();
  await Promise.all(lanes);
  expect(performance.now() - closingMs).toBeLessThan(2000);
  expect([...statuses]).toEqual([200]);
});

it('a closing door cuts off what does not end', async () => {
  const { door, port } = await openDoor(() => new Promise<never>(() => {}));
  const asked = fetch(`http://127.0.0.1:${port}/v1/wait`).then(
    (reply) => reply.status,
    () => 'cut',
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  const closingMs = performance.now();
  await door.close();
  expect(performance.now() - closingMs).toBeLessThan(4500);
  expect(await asked).toBe('cut');
});
