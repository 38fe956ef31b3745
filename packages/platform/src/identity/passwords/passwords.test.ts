import { assertGoodPassword, matchesPassword } from '@moothall/platform';
import {
  givePassword,
  pageOf,
  signIn,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const OLD = 'correct-horse-1';
let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  ada = await kit.addPerson({ name: 'Ada Adler', email: 'ada@acme.test' });
});
afterAll(() => kit.close());

async function hashOf(person: TestPerson): Promise<string> {
  const { rows } = await kit.world.store.pool.query<{ password_hash: string }>(
    'select password_hash from person where id = $1',
    [person.id],
  );
  return rows[0]!.password_hash;
}

describe('a new password', () => {
  it('asks for the one before, ends every other session and leaves this one', async () => {
    await givePassword(kit, ada, OLD);
    const other = pageOf(kit, await signIn(kit, ada.email, OLD));
    await other.post('/idb/api/sites', { site: 'portal' });
    const page = pageOf(kit, await signIn(kit, ada.email, OLD));
    const newPassword = 'un chêne à l’été 🐎';
    expect((await page.post('/idb/api/password', { newPassword })).status).toBe(400);
    const wrong = await page.post('/idb/api/password', { currentPassword: 'wrong', newPassword });
    expect(wrong.body.message).toMatch(/^currentPassword: it is not right/);
    const set = await page.post('/idb/api/password', { currentPassword: OLD, newPassword });
    expect([set.status, set.text]).toEqual([204, '']);
    expect((await other.get('/idb/api/session')).status).toBe(401);
    expect((await page.get('/idb/api/session')).status).toBe(200);
    expect((await ada.api.get('/people/me')).status).toBe(200);
    expect((await signIn(kit, ada.email, OLD)).status).toBe(401);
    expect((await signIn(kit, ada.email, newPassword.normalize('NFD'))).status).toBe(200);
  });

  it('is set by one of two submits at once', async () => {
    await givePassword(kit, ada, OLD);
    const page = pageOf(kit, await signIn(kit, ada.email, OLD));
    const bodies = ['a first new password', 'a second new password'].map((newPassword) => ({
      currentPassword: OLD,
      newPassword,
    }));
    const replies = await Promise.all(bodies.map((body) => page.post('/idb/api/password', body)));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 400]);
    const kept = bodies[replies.findIndex(({ status }) => status === 204)]!;
    expect(await matchesPassword(kit.world, await hashOf(ada), kept.newPassword)).toBe(true);
  });

  it.each([
    ['short', /at least 12 characters/],
    ['🐎🐎🐎🐎🐎🐎', /at least 12 characters/],
    ['Password1234', /among the first/],
    ['aaaaaaaaaaaa', /among the first/],
    ['abcabcabcabc', /among the first/],
    ['123456789012', /among the first/],
    ['abcdefghijkl', /among the first/],
    ['ada@acme.test', /among the first/],
    ['Ada Adler 2026!', /among the first/],
    ['x'.repeat(1025), /longer than 1024 bytes/],
  ])('is refused as %j', async (newPassword, message) => {
    await givePassword(kit, ada, OLD);
    kit.world.clock.advance(900_000);
    const page = pageOf(kit, await signIn(kit, ada.email, OLD));
    const refused = await page.post('/idb/api/password', { currentPassword: OLD, newPassword });
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringMatching(message)]);
  });

  it.each(['lower case only is fine', 'кириллица тоже', '漢字のながいパスワードですよ'])(
    'may be %j',
    (text) => {
      expect(() =>
        assertGoodPassword(kit.world, text, { email: 'ada@acme.test', displayName: 'Ada' }),
      ).not.toThrow();
    },
  );

  it('cannot be guessed at an open page without end', async () => {
    await givePassword(kit, ada, OLD);
    kit.world.clock.advance(900_000);
    const page = pageOf(kit, await signIn(kit, ada.email, OLD));
    const body = { currentPassword: 'a guess', newPassword: 'a password of mine' };
    const replies = await Promise.all(Array.from({ length: 12 }, () => page.post('/idb/api/password', body)));
    expect(replies.filter(({ status }) => status === 400)).toHaveLength(10);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(2);
    kit.world.clock.advance(900_000);
  });
});

describe('a hash', () => {
  it('is argon2id at the cost of the ledger, and made anew at sign-in where it is not', async () => {
    await givePassword(kit, ada, OLD);
    const before = await hashOf(ada);
    expect(before).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await signIn(kit, ada.email, OLD)).status).toBe(200);
    expect(await hashOf(ada)).toBe(before);
    const light = before.length;
    const { hashLightly } = await import('@moothall/platform');
    await kit.world.store.pool.query('update person set password_hash = $2 where id = $1', [
      ada.id,
      await hashLightly(OLD),
    ]);
    expect((await signIn(kit, ada.email, 'wrong')).status).toBe(401);
    expect(await hashOf(ada)).toContain('$m=1024,t=1,');
    expect((await signIn(kit, ada.email, OLD)).status).toBe(200);
    expect(await hashOf(ada)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashOf(ada)).toHaveLength(light);
  });
});
