import { operationsOf, processOperations } from '@moothall/platform';
import { startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attack, fuzzRuns } from './fuzz/attack.ts';
import { type FuzzWorld, makeFuzzWorld } from './fuzz/world.ts';

let kit: TestPlatform;
let world: FuzzWorld;
beforeAll(async () => {
  kit = await startTestPlatform();
  kit.platform.markReady();
  world = await makeFuzzWorld(kit);
});
afterAll(async () => {
  await kit.close();
  await world.sink.close();
});

async function eventCounts(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { resource, event } of await kit.events())
    counts.set(`${resource}:${event}`, (counts.get(`${resource}:${event}`) ?? 0) + 1);
  return counts;
}

describe('requests made of contracts, right and wrong ones', () => {
  it('are never answered by a failure, and leave a world that is whole', { timeout: 170_000 }, async () => {
    const before = await eventCounts();
    const { failures, done } = await attack({
      baseUrl: kit.baseUrl,
      operations: [...operationsOf(kit.world), ...processOperations],
      callers: world.callers,
      pool: world.pool,
      runs: fuzzRuns,
      atOnce: 6,
    });
    expect(failures.join('\n\n')).toBe('');

    const reached = operationsOf(kit.world).filter(({ id }) => done.has(id)).length;
    expect(reached / operationsOf(kit.world).length).toBeGreaterThan(0.75);
    const after = await eventCounts();
    const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    for (const [event, ...causes] of [
      ['messages:created', 'messages.create', 'incomingWebhooks.post'],
      ['attachmentActions:created', 'attachmentActions.create'],
      ['webhooks:created', 'webhooks.create'],
    ] as const)
      expect([event, grown(event)]).toEqual([
        event,
        causes.reduce((sum, operation) => sum + (done.get(operation) ?? 0), 0),
      ]);

    await kit.platform.idle();
    for (const { api, email } of world.people) {
      const listed = await Promise.all(
        ['/rooms', '/memberships', '/teams', '/webhooks', '/people/me'].map((path) => api.get(path)),
      );
      expect([email, ...listed.map((reply) => reply.status)]).toEqual([email, 200, 200, 200, 200, 200]);
      for (const { id, type } of listed[0]!.body.items.slice(0, 20)) {
        const mine = email.endsWith('@webex.bot') && type === 'group' ? '&mentionedPeople=me' : '';
        expect((await api.get(`/messages?roomId=${id}${mine}`)).status).toBe(200);
      }
    }
  });
});
