import type { Plane } from '@moothall/contract';
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
  it('are never answered by a failure, and leave a world that is whole', { timeout: 400_000 }, async () => {
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

    const reach = (plane: Plane) => {
      const all = operationsOf(kit.world).filter((operation) => (operation.plane ?? 'rest') === plane);
      return all.filter(({ id }) => done.has(id)).length / all.length;
    };
    expect(reach('rest')).toBeGreaterThan(0.75);
    // What needs a secret that was shown once, or the version that was just read, is met by chance only.
    expect(reach('page')).toBeGreaterThan(0.5);
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
    for (const person of world.people) {
      const { email } = person;
      // What they held may have been ended by one of the requests.
      const api = await kit.mint(person, [...person.scopes]);
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
