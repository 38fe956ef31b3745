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

const PASSWORD = 'correct-horse-1';
let kit: TestPlatform;
let ada: TestPerson;
let admin: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false, limits: { 'token.active_per_account': 3 } });
  ada = await kit.addPerson({ name: 'Ada', email: 'Ada@acme.test' });
  admin = await kit.addPerson({ name: 'Boss', email: 'boss@acme.test', roles: ['full_admin'] });
  await givePassword(kit, ada, PASSWORD);
  await givePassword(kit, admin, PASSWORD);
});
afterAll(() => kit.close());

describe('signing in (F54)', () => {
  it('sets a cookie that scripts and foreign pages cannot use, and tells who is there', async () => {
    const reply = await signIn(kit, 'ADA@acme.test', PASSWORD, { 'user-agent': 'Test/1' });
    expect(reply.status).toBe(200);
    const cookie = reply.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^moot_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(reply.headers.get('cache-control')).toContain('no-cache');
    expect(reply.body).toMatchObject({
      person: { id: ada.wireId, email: 'Ada@acme.test', organizationName: 'Acme', roles: [] },
      sites: [],
      mayEnterHub: false,
      mode: 'lab',
      behaviour: 'faq',
      supportContact: 'support@moothall.test',
    });
    const again = await pageOf(kit, reply).get('/idb/api/session');
    expect(again.body).toEqual(reply.body);
  });

  it('never answers with the session that the browser brought, and ends that', async () => {
    const first = await signIn(kit, ada.email, PASSWORD);
    const brought = { cookie: `moot_session=${cookieOf(first.headers)}` };
    const second = await signIn(kit, ada.email, PASSWORD, brought);
    expect(cookieOf(second.headers)).not.toBe(cookieOf(first.headers));
    expect((await pageOf(kit, first).get('/idb/api/session')).status).toBe(401);
    expect((await pageOf(kit, second).get('/idb/api/session')).status).toBe(200);
    const planted = { cookie: `moot_session=${'a'.repeat(43)}` };
    const third = await signIn(kit, ada.email, PASSWORD, planted);
    expect(cookieOf(third.headers)).not.toBe('a'.repeat(43));
  });

  it('answers an unknown address, a wrong password and a closed account alike', async () => {
    const closed = await kit.addPerson({ name: 'Closed' });
    await givePassword(kit, closed, PASSWORD);
    await kit.world.store.pool.query('update person set login_enabled = false where id = $1', [closed.id]);
    const bot = await kit.addBot();
    const replies = [
      await signIn(kit, 'nobody@acme.test', PASSWORD),
      await signIn(kit, ada.email, 'wrong'),
      await signIn(kit, closed.email, PASSWORD),
      await signIn(kit, bot.email, PASSWORD),
      await signIn(kit, 'no address at all', PASSWORD),
    ];
    for (const { status, body, headers } of replies) {
      expect(status).toBe(401);
      expect({ ...body, trackingId: '' }).toEqual({ ...replies[0]!.body, trackingId: '' });
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  it('ends at once with the deactivation of the person', async () => {
    const gone = await kit.addPerson({ name: 'Gone' });
    await givePassword(kit, gone, PASSWORD);
    const page = pageOf(kit, await signIn(kit, gone.email, PASSWORD));
    const api = await kit.mint(admin, ['spark-admin:people_write']);
    const change = { displayName: 'Gone', loginEnabled: false };
    expect((await api.put(`/people/${gone.wireId}`, change)).status).toBe(200);
    expect((await page.get('/idb/api/session')).status).toBe(401);
    expect((await signIn(kit, gone.email, PASSWORD)).status).toBe(401);
    await kit.world.store.pool.query('delete from token where person_id = $1', [admin.id]);
  });

  it('makes active who was only invited', async () => {
    const invited = await kit.addPerson({ name: 'Invited' });
    await givePassword(kit, invited, PASSWORD);
    await kit.world.store.pool.query('update person set invite_pending = true where id = $1', [invited.id]);
    await signIn(kit, invited.email, PASSWORD);
    const { rows } = await kit.world.store.pool.query('select invite_pending from person where id = $1', [
      invited.id,
    ]);
    expect(rows).toEqual([{ invite_pending: false }]);
    const updated = (await kit.events()).filter(({ data }) => data.id === invited.id).at(-1);
    expect(updated).toMatchObject({ resource: 'people', event: 'updated', actor_id: invited.id });
  });

  it('gives two submits at once a session each', async () => {
    const replies = await Promise.all([1, 2].map(() => signIn(kit, ada.email, PASSWORD)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    for (const reply of replies) expect((await pageOf(kit, reply).get('/idb/api/session')).status).toBe(200);
  });

  it('is over after its lifetime by the clock', async () => {
    kit.world.clock.freeze();
    const page = pageOf(kit, await signIn(kit, ada.email, PASSWORD));
    kit.world.clock.advance(604_800_000 - 1);
    expect((await page.get('/idb/api/session')).status).toBe(200);
    kit.world.clock.advance(1);
    expect((await page.get('/idb/api/session')).status).toBe(401);
    kit.world.clock.resume();
  });
});

describe('what is typed', () => {
  it('takes letters of another script for what they are, and accents however they are made', async () => {
    expect((await signIn(kit, '\u0430da@acme.test', PASSWORD)).status).toBe(401);
    const zoe = await kit.addPerson({ name: 'Zoe', email: 'zo\u00e9@acme.test' });
    await givePassword(kit, zoe, 'p\u00e4ssw\u00f6rt \u{1f40e} \u2602');
    expect((await signIn(kit, 'zoe\u0301@acme.test', 'pa\u0308sswo\u0308rt \u{1f40e} \u2602')).status).toBe(
      200,
    );
  });

  it('is refused quickly when it is huge', async () => {
    const started = performance.now();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => signIn(kit, ada.email, '\u00e9'.repeat(513))),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([400]));
    expect(replies[0]!.body.message).toMatch(/^The password is longer than 1024 bytes/);
    expect(performance.now() - started).toBeLessThan(2000);
    expect((await signIn(kit, ada.email, 'x'.repeat(900_000))).status).toBe(400);
  });

  it.each([
    [{ email: 'a@b', password: '' }],
    [{ email: '', password: 'x' }],
    [{ email: ['a@b'], password: 'x' }],
    [{ password: 'x' }],
    [{ email: 'a\0@b', password: 'x' }],
    [[]],
    [undefined],
  ])('is refused as %j', async (body) => {
    expect((await kit.anonymous.post('/idb/api/sign-in', body)).status).toBe(400);
  });
});

describe('a page', () => {
  it('must be ours: of another origin, as a plain form, or without the CSRF token nothing is changed', async () => {
    const body = { email: ada.email, password: PASSWORD };
    const foreign = { origin: 'https://evil.test' };
    expect((await kit.anonymous.post('/idb/api/sign-in', body, foreign)).status).toBe(403);
    const form = new URLSearchParams(body);
    expect((await kit.anonymous.post('/idb/api/sign-in', form)).status).toBe(403);
    const reply = await signIn(kit, ada.email, PASSWORD);
    const cookie = { cookie: `moot_session=${cookieOf(reply.headers)}` };
    expect((await kit.anonymous.post('/idb/api/sites', { site: 'portal' }, cookie)).status).toBe(403);
    const wrong = { ...cookie, 'x-csrf-token': 'A'.repeat(43) };
    expect((await kit.anonymous.post('/idb/api/sites', { site: 'portal' }, wrong)).status).toBe(403);
    expect((await ada.api.get('/idb/api/session')).status).toBe(401);
    expect((await kit.anonymous.post('/idb/api/sign-out', undefined, foreign)).status).toBe(403);
  });

  it('knows the deployment without a session', async () => {
    expect((await kit.anonymous.get('/idb/api/deployment')).body).toEqual({
      product: 'Moothall',
      mode: 'lab',
      behaviour: 'faq',
      supportContact: 'support@moothall.test',
    });
    expect((await kit.anonymous.get('/idb/api/session')).status).toBe(401);
  });

  it('signs out once and for all, and a second time without harm', async () => {
    const page = pageOf(kit, await signIn(kit, ada.email, PASSWORD));
    const reply = await page.post('/idb/api/sign-out');
    expect(reply.status).toBe(204);
    expect(reply.headers.get('set-cookie')).toMatch(/^moot_session=; Max-Age=0;/);
    expect((await page.get('/idb/api/session')).status).toBe(401);
    expect((await page.post('/idb/api/sign-out')).status).toBe(204);
  });
});

describe('entering a site', () => {
  it('takes one slot, also from two tabs at once, and is refused by name at the limit (F15 to F17)', async () => {
    const bea = await kit.addPerson({ name: 'Bea' });
    await givePassword(kit, bea, PASSWORD);
    const first = pageOf(kit, await signIn(kit, bea.email, PASSWORD));
    const tabs = await Promise.all([1, 2].map(() => first.post('/idb/api/sites', { site: 'portal' })));
    expect(tabs.map(({ body }) => body.sites)).toEqual([['portal'], ['portal']]);
    await kit.mint(bea, ['spark:all']);
    const second = pageOf(kit, await signIn(kit, bea.email, PASSWORD));
    const refused = await second.post('/idb/api/sites', { site: 'portal' });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      message: 'tokenlimit_reached',
      errors: [{ description: expect.stringMatching(/3 active access tokens; end sessions/) }],
    });
    expect((await second.get('/idb/api/session')).body.sites).toEqual([]);
    expect((await first.get('/idb/api/session')).body.sites).toEqual(['portal']);
    expect((await bea.api.get('/people/me')).status).toBe(200);
    await first.post('/idb/api/sign-out');
    expect((await second.post('/idb/api/sites', { site: 'portal' })).status).toBe(200);
    await expect(kit.mint(bea, [])).rejects.toMatchObject({ code: 'token.limit_reached' });
  });

  it('opens the hub to administrators only', async () => {
    const user = pageOf(kit, await signIn(kit, ada.email, PASSWORD));
    const refused = await user.post('/idb/api/sites', { site: 'hub' });
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('you have no administrator role'),
    ]);
    const boss = pageOf(kit, await signIn(kit, admin.email, PASSWORD));
    expect((await boss.post('/idb/api/sites', { site: 'hub' })).body).toMatchObject({
      sites: ['hub'],
      mayEnterHub: true,
      person: { roles: ['full_admin'] },
    });
    expect((await boss.post('/idb/api/sites', { site: 'elsewhere' })).status).toBe(400);
  });
});
