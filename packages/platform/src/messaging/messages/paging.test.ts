import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { roomOf, type TestRoom } from './test-support.ts';

let kit: TestPlatform;
let people: TestPerson[];

beforeAll(async () => {
  kit = await startTestPlatform();
  people = [
    await kit.addPerson({ name: 'Ada' }),
    await kit.addPerson({ name: 'Ben' }),
    await kit.addPerson(),
  ];
});
afterAll(() => kit.close());

/** One thing that a member does; `at` picks a message of theirs. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('post'), by: fc.nat(2), at: fc.nat(), parallel: fc.nat(3) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit'),
      by: fc.nat(2),
      at: fc.nat(),
      parallel: fc.constant(0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('delete'),
      by: fc.nat(2),
      at: fc.nat(),
      parallel: fc.constant(0),
    }),
  },
);
type Step = { kind: string; by: number; at: number; parallel: number };
type Known = { id: string; by: number; text: string; created: string; edits: number };

async function act(
  room: TestRoom,
  live: Known[],
  { kind, by, at, parallel }: Step,
  number: number,
): Promise<void> {
  const { api } = people[by]!;
  if (kind === 'post') {
    const wanted = Array.from({ length: parallel + 1 }, (_, index) => `${number}.${index}`);
    const replies = await Promise.all(wanted.map((text) => api.post('/messages', { roomId: room.id, text })));
    for (const { body } of replies)
      live.push({ id: body.id, by, text: body.text, created: body.created, edits: 0 });
    return;
  }
  const own = live.filter((message) => message.by === by);
  const message = own[at % Math.max(own.length, 1)];
  if (!message) return;
  if (kind === 'delete') {
    expect((await api.delete(`/messages/${message.id}`)).status).toBe(204);
    live.splice(live.indexOf(message), 1);
    return;
  }
  const text = `${message.text}*`;
  const reply = await api.put(`/messages/${message.id}`, { roomId: room.id, text });
  expect(reply.status).toBe(message.edits < 10 ? 200 : 400);
  if (reply.status === 200) Object.assign(message, { text, edits: message.edits + 1 });
}

async function readAll(path: string): Promise<{ id: string; text: string; created: string }[]> {
  const found = [];
  for (let next: string | undefined = path; next; ) {
    const reply = await people[0]!.api.get(next);
    expect(reply.status).toBe(200);
    found.push(...reply.body.items);
    const link: string | undefined = /^<(.+)>; rel="next"$/.exec(reply.headers.get('link') ?? '')?.[1];
    // A page that announces another is full, and no page after the first is empty.
    if (link) expect(reply.body.items.length).toBeGreaterThan(0);
    next = link?.slice(kit.baseUrl.length);
  }
  return found;
}

it('paging shows exactly the live messages, newest first, whatever was done before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(),
      async (steps, max, cut) => {
        const room = await roomOf(kit, people[0]!, people[1]!, people[2]!);
        const live: Known[] = [];
        for (const [number, one] of steps.entries()) await act(room, live, one, number);
        const found = await readAll(`/messages?roomId=${room.id}&max=${max}`);
        expect(found.map(({ id, text }) => ({ id, text })).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
          live.map(({ id, text }) => ({ id, text })).sort((a, b) => (a.id < b.id ? -1 : 1)),
        );
        const times = found.map(({ created }) => created);
        expect(times).toEqual([...times].sort().reverse());
        if (found.length === 0) return;
        const at = cut % found.length;
        const older = await readAll(`/messages?roomId=${room.id}&max=${max}&beforeMessage=${found[at]!.id}`);
        expect(older).toEqual(found.slice(at + 1));
        const earlier = await readAll(`/messages?roomId=${room.id}&max=${max}&before=${found[at]!.created}`);
        expect(earlier).toEqual(found.filter(({ created }) => created < found[at]!.created));
      },
    ),
    { numRuns: 12, seed: 20261122 },
  );
}, 120_000);
