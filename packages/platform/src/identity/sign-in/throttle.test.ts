import {
  givePassword,
  signIn,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PASSWORD = 'correct-horse-1';
const WINDOW_MS = 900_000;
let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  const limits = { 'sign_in.tries_per_account': 15, 'sign_in.tries_per_address': 30 };
  kit = await startTestPlatform({ work: false, limits });
  kit.world.clock.freeze();
  ada = await kit.addPerson({ name: 'Ada', email: 'ada@acme.test' });
  await givePassword(kit, ada, PASSWORD);
});
afterAll(() => kit.close());

const fail = (email: string, times: number) =>
  Promise.all(Array.from({ length: times }, () => signIn(kit, email, 'wrong')));
const count = (replies: { status: number }[], status: number) =>
  replies.filter((reply) => reply.status === status).length;

describe('failed sign-ins', () => {
  it.each(['ada@acme.test', 'nobody@acme.test'])(
    'to %s are counted, however many come at once, and end by the clock',
    async (email) => {
      kit.world.clock.advance(WINDOW_MS);
      const replies = await fail(email, 14);
      expect([count(replies, 401), count(replies, 429)]).toEqual([10, 4]);
      const refused = await signIn(kit, email.toUpperCase(), PASSWORD);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900']);
      expect(refused.body.message).toBe('Too many tries: try again after 900 seconds.');
      kit.world.clock.advance(WINDOW_MS - 1);
      expect((await signIn(kit, email, 'wrong')).status).toBe(429);
      kit.world.clock.advance(1);
      expect((await signIn(kit, email, 'wrong')).status).toBe(401);
    },
  );

  it('are forgotten when the password was right', async () => {
    kit.world.clock.advance(WINDOW_MS);
    for (let round = 0; round < 4; round++) {
      expect(count(await fail(ada.email, 3), 401)).toBe(3);
      expect((await signIn(kit, ada.email, PASSWORD)).status).toBe(200);
    }
  });

  it('are counted over all accounts of an address', async () => {
    kit.world.clock.advance(WINDOW_MS);
    const replies = await Promise.all(
      Array.from({ length: 32 }, (_, index) => signIn(kit, `guess${index}@acme.test`, 'wrong')),
    );
    expect([count(replies, 401), count(replies, 429)]).toEqual([30, 2]);
    expect((await signIn(kit, ada.email, PASSWORD)).status).toBe(429);
    kit.world.clock.advance(WINDOW_MS);
    expect((await signIn(kit, ada.email, PASSWORD)).status).toBe(200);
  });

  it('leave no windows behind that are over', async () => {
    kit.world.clock.advance(WINDOW_MS);
    await signIn(kit, 'somebody@acme.test', 'wrong');
    const { rows } = await kit.world.store.pool.query('select count(*) as count from password_try');
    expect(rows).toEqual([{ count: 3 }]);
  });
});

describe('the time of a reply', () => {
  it('does not tell whether an account exists', async () => {
    const taken: Record<string, number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 15; round++) {
      kit.world.clock.advance(WINDOW_MS);
      for (const [kind, email] of [
        ['known', ada.email],
        ['unknown', 'nobody@acme.test'],
      ] as const) {
        const started = performance.now();
        await signIn(kit, email, 'wrong');
        taken[kind]!.push(performance.now() - started);
      }
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[7]!;
    const ratio = median(taken.known!) / median(taken.unknown!);
    expect(Math.max(ratio, 1 / ratio)).toBeLessThan(1.5);
  });
});
