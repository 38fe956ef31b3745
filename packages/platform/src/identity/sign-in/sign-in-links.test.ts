import { createSignInLink, type SignInPurpose } from '@moothall/platform';
import {
  cookieOf,
  givePassword,
  pageOf,
  signIn,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  ada = await kit.addPerson({ name: 'Ada' });
});
afterAll(() => kit.close());

const make = async (purpose: SignInPurpose, person = ada) => {
  const request = { personId: person.id, orgId: person.orgId, purpose };
  return (await kit.world.store.tx((tx) => createSignInLink(kit.world, tx, request))).token;
};
const redeem = (token: unknown) => kit.anonymous.post('/idb/api/sign-in-links/redeem', { token });

describe('a link that signs in', () => {
  it('works once, also of two at once, and makes active who was invited', async () => {
    await kit.world.store.pool.query('update person set invite_pending = true where id = $1', [ada.id]);
    const token = await make('invitation');
    const replies = await Promise.all([redeem(token), redeem(token), redeem(token)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
    const reply = replies.find(({ status }) => status === 200)!;
    expect(reply.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/);
    expect(reply.body).toMatchObject({
      person: { id: ada.wireId },
      hasPassword: false,
      asksForPassword: false,
    });
    expect((await pageOf(kit, reply).get('/idb/api/session')).status).toBe(200);
    const { rows } = await kit.world.store.pool.query('select invite_pending from person where id = $1', [
      ada.id,
    ]);
    expect(rows).toEqual([{ invite_pending: false }]);
  });

  it('is over after 24 hours by the clock', async () => {
    kit.world.clock.freeze();
    const [early, late] = [await make('password_reset'), await make('password_reset')];
    kit.world.clock.advance(86_400_000 - 1);
    expect((await redeem(early)).status).toBe(200);
    kit.world.clock.advance(1);
    expect((await redeem(late)).status).toBe(410);
    kit.world.clock.resume();
  });

  it('stays in the lab where it is of the lab, and gives no right to a password', async () => {
    await givePassword(kit, ada, 'correct-horse-1');
    const token = await make('lab');
    kit.world.clock.advance(400 * 86_400_000);
    for (const _ of [1, 2]) {
      const reply = await redeem(token);
      expect(reply.body).toMatchObject({ hasPassword: true, asksForPassword: true });
    }
    kit.world.config.mode = 'production';
    expect((await redeem(token)).status).toBe(410);
    await expect(make('lab')).rejects.toThrow('in the lab only');
    kit.world.config.mode = 'lab';
  });

  it('lets choose a password without the one before, once and within the hour', async () => {
    await givePassword(kit, ada, 'correct-horse-1');
    const change = (page: ReturnType<typeof pageOf>, newPassword: string) =>
      page.post('/idb/api/password', { newPassword });
    const page = pageOf(kit, await redeem(await make('password_reset')));
    expect((await change(page, 'a new horse for Ada')).status).toBe(204);
    expect((await change(page, 'another horse for Ada')).status).toBe(400);
    expect((await signIn(kit, ada.email, 'a new horse for Ada')).status).toBe(200);
    const slow = pageOf(kit, await redeem(await make('password_reset')));
    kit.world.clock.advance(3_600_000);
    expect((await change(slow, 'another horse for Ada')).status).toBe(400);
  });

  it('is refused alike for every cause, and sets no cookie', async () => {
    const closed = await kit.addPerson();
    const token = await make('invitation', closed);
    await kit.world.store.pool.query('update person set login_enabled = false where id = $1', [closed.id]);
    const replies = [await redeem(token), await redeem('x'), await redeem('\u{1f40e}')];
    for (const { status, body, headers } of replies) {
      expect([status, body.message, cookieOf(headers)]).toEqual([410, replies[0]!.body.message, '']);
    }
    expect((await redeem('x'.repeat(257))).status).toBe(400);
    expect((await redeem(7)).status).toBe(400);
  });
});
