import type { Operation } from '@moothall/contract';
import { operationsOf, processOperations } from '@moothall/platform';
import { startTestPlatform, type TestPlatform } from '@moothall/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestsFor } from './fuzz/requests.ts';
import { createSender, prepare, type RawResponse, type ReadyRequest } from './fuzz/send.ts';
import { type FuzzWorld, makeFuzzWorld } from './fuzz/world.ts';
import { judgeReply } from './replies/judge.ts';

/** Requests for each operation, and where the random numbers start: a failure is repeated with both. */
const runs = Number(process.env.MOOT_FUZZ_RUNS ?? 100);
const seed = Number(process.env.MOOT_FUZZ_SEED ?? 20261122);
const AT_ONCE = 6;

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

type Case = { operation: Operation; round: number };

/** Every operation in each round, in an order of its own. */
function casesOf(operations: readonly Operation[]): Case[] {
  const rounds = fc.sample(fc.shuffledSubarray([...operations], { minLength: operations.length }), {
    seed,
    numRuns: runs,
  });
  return rounds.flatMap((order, round) => order.map((operation) => ({ operation, round })));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describeCase({ operation, round }: Case, ready: ReadyRequest, caller: string): string {
  const body = ready.body?.toString('utf8').slice(0, 500) ?? '';
  const head = `${operation.id}, round ${round}, seed ${seed}, as ${caller}`;
  return `${head}\n  ${ready.method} ${ready.path.slice(0, 500)} ${ready.headers['content-type'] ?? ''}\n  ${body}`;
}

function problemsOf(ready: ReadyRequest, { status, headers, text }: RawResponse): string[] {
  const body = headers['content-type']?.includes('json') ? parsed(text) : undefined;
  const headerPairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const reply = { status, headers: new Headers(headerPairs), text, body };
  const problems = judgeReply({ method: ready.method, path: ready.path, reply });
  return status >= 500 ? [`answered ${status} ${text.slice(0, 300)}`, ...problems] : problems;
}

async function attack(): Promise<{ failures: string[]; done: Map<string, number> }> {
  const operations = [...operationsOf(kit.world), ...processOperations];
  const sample = new Map(
    operations.map((operation, at) => [
      operation,
      fc.sample(requestsFor(operation), { seed: seed + at, numRuns: runs }),
    ]),
  );
  const sender = createSender(kit.baseUrl);
  const failures: string[] = [];
  const done = new Map<string, number>();
  const queue = casesOf(operations);
  const lane = async () => {
    for (let next = queue.shift(); next && failures.length < 20; next = queue.shift()) {
      const fuzz = sample.get(next.operation)![next.round]!;
      const caller = world.callers[fuzz.caller % world.callers.length]!;
      const ready = prepare(next.operation, fuzz, world.pool, caller.token);
      try {
        const response = await sender.send(ready);
        const problems = problemsOf(ready, response);
        if (problems.length > 0)
          failures.push(`${describeCase(next, ready, caller.name)}\n  ${problems.join('\n  ')}`);
        if (response.status < 300) {
          done.set(next.operation.id, (done.get(next.operation.id) ?? 0) + 1);
          world.pool.learn(parsed(response.text), response.headers.link as string | undefined);
        }
      } catch (error) {
        failures.push(`${describeCase(next, ready, caller.name)}\n  ${String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  sender.close();
  return { failures, done };
}

async function eventCounts(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { resource, event } of await kit.events())
    counts.set(`${resource}:${event}`, (counts.get(`${resource}:${event}`) ?? 0) + 1);
  return counts;
}

describe('requests made of contracts, right and wrong ones', () => {
  it('are never answered by a failure, and leave a world that is whole', { timeout: 170_000 }, async () => {
    const before = await eventCounts();
    const { failures, done } = await attack();
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
