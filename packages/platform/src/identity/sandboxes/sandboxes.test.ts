import {
  addOrganization,
  mayCreateEmbeddedApps,
  openMailSecrets,
  organizationKindOf,
} from '@moothall/platform';
import {
  type AnyBody,
  type ApiClient,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DAY = 86_400_000;
const termsVersion = '2026-11';

let kit: TestPlatform;
let dev: TestPerson;
let portal: ApiClient;

beforeAll(async () => {
  kit = await startTestPlatform();
  dev = await kit.addPerson({ name: 'J. Doe' });
  portal = await kit.page(dev, 'portal');
});
afterAll(() => kit.close());

const ask = (api = portal) => api.post('/portal/api/sandboxes', { termsVersion });
const visit = (email: string, version = termsVersion, at = kit) =>
  at.anonymous.post('/idb/api/sandboxes', { email, termsVersion: version });
const mailsTo = async (email: string, at = kit) => {
  const { rows } = await at.world.store.pool.query<{ kind: string; data: Record<string, unknown> }>(
    'select kind, data from mail_outbox where to_email = $1 order by id',
    [email],
  );
  return rows;
};
const uuidOf = (wireId: string) => Buffer.from(wireId, 'base64url').toString().split('/').at(-1)!;
/** A page's client of whoever a link signs in. */
async function signIn(link: string, site: string): Promise<{ api: ApiClient; body: AnyBody }> {
  const token = new URL(link).searchParams.get('link');
  const reply = await kit.anonymous.post('/idb/api/sign-in-links/redeem', { token });
  const cookie = reply.headers.get('set-cookie')!.split(';')[0]!;
  const headers = { cookie, 'x-csrf-token': reply.body.csrfToken };
  const send = (method: string) => (path: string, body?: unknown) =>
    kit.anonymous.request(method, path, body, headers);
  const api = {
    get: send('GET'),
    post: send('POST'),
    patch: send('PATCH'),
    delete: send('DELETE'),
  } as unknown as ApiClient;
  await api.post('/idb/api/sites', { site });
  return { api, body: reply.body };
}

describe('a developer sandbox', () => {
  it('is a fresh organisation with an administrator, whom the link signs in (F75, F78)', async () => {
    const terms = (await kit.anonymous.get('/idb/api/sandbox-terms')).body;
    expect(terms).toEqual({
      termsVersion,
      terms: expect.arrayContaining([expect.stringContaining('10 people')]),
    });
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ready', isSandbox: true, people: 1, peopleLimit: 10 });
    expect(body.name).toMatch(/^jdoe1sandbox-[a-z0-9]{6}$/);
    expect(body.adminEmail).toBe(`admin@${body.name}.sandbox.localhost`);
    const { api } = await signIn(body.loginLink, 'hub');
    const overview = (await api.get('/hub/api/overview')).body;
    expect(overview.organization).toMatchObject({ displayName: body.name, isSandbox: true });
    expect(overview.licenses).toHaveLength(3);
    const admin = (await api.get('/hub/api/users')).body.items;
    expect(admin).toMatchObject([{ email: body.adminEmail, roles: ['full_admin'], status: 'active' }]);
    const orgId = uuidOf(body.orgId);
    expect([
      await organizationKindOf(kit.world, orgId),
      await mayCreateEmbeddedApps(kit.world, orgId),
    ]).toEqual(['sandbox', true]);
    expect(await mayCreateEmbeddedApps(kit.world, kit.orgId)).toBe(true);
    const audits = (await kit.events()).filter(({ data }) => data.category === 'SANDBOX_CREATED');
    expect(audits).toHaveLength(2);
    expect(audits[0]).toMatchObject({ actor_id: dev.id, data: { target: { name: body.name } } });
  });

  it('comes once for each developer, also of several requests at once; each gets a new link', async () => {
    const person = await kit.addPerson();
    const page = await kit.page(person, 'portal');
    const replies = await Promise.all([ask(page), ask(page), ask(page)]);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    const mails = await mailsTo(person.email);
    expect(mails.map(({ kind }) => kind)).toEqual(['sandbox', 'sandbox', 'sandbox']);
    expect(JSON.stringify(mails)).not.toContain('link=');
    const links = mails.map(({ data }) => openMailSecrets(kit.world, data).link);
    expect(links.sort()).toEqual(replies.map(({ body }) => body.loginLink).sort());
    const used = await Promise.all(
      links.map((link) =>
        kit.anonymous.post('/idb/api/sign-in-links/redeem', {
          token: new URL(link!).searchParams.get('link'),
        }),
      ),
    );
    expect(used.map((reply) => reply.status).sort()).toEqual([200, 410, 410]);
    expect((await page.get('/portal/api/sandboxes')).body.items).toHaveLength(1);
  });

  it('is shown to its developer only, and not asked for from within one', async () => {
    const { id, loginLink } = (await ask()).body;
    expect((await portal.get(`/portal/api/sandboxes/${id}`)).body).toMatchObject({ id, status: 'ready' });
    const other = await kit.page(await kit.addPerson(), 'portal');
    expect((await other.get(`/portal/api/sandboxes/${id}`)).status).toBe(404);
    expect((await portal.get('/portal/api/sandboxes/nonsense')).status).toBe(400);
    const { api } = await signIn(loginLink, 'portal');
    const refused = await ask(api);
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining('sandbox already')]);
  });

  it('has ten people at most', async () => {
    const { body } = await ask(await kit.page(await kit.addPerson(), 'portal'));
    const { api } = await signIn(body.loginLink, 'hub');
    const addresses = [...Array(12).keys()].map((at) => `tester${at}@${body.domain}`);
    const { results } = (await api.post('/hub/api/users/invitations', { addresses })).body;
    expect(results.filter(({ status }: { status: string }) => status === 'invited')).toHaveLength(9);
    expect(results[11].reason).toBe('A developer sandbox has at most 10 people: delete one first.');
  });

  it('is not given without the current terms', async () => {
    for (const reply of [
      await portal.post('/portal/api/sandboxes', { termsVersion: 'old' }),
      await visit('terms@visitor.test', 'old'),
    ])
      expect([reply.status, reply.body.message]).toEqual([400, expect.stringContaining(termsVersion)]);
    expect((await portal.post('/portal/api/sandboxes', {})).status).toBe(400);
    expect((await dev.api.post('/portal/api/sandboxes', { termsVersion })).status).toBe(401);
  });
});

describe('a visitor without an account', () => {
  it('gets a sandbox by address, with the same answer each time (F75, F79)', async () => {
    const first = await visit('Visitor@Example.test');
    const second = await visit('visitor@example.test');
    for (const reply of [first, second, await visit(dev.email)])
      expect(reply.body).toEqual({
        status: 'requested',
        loginLink: expect.stringContaining('/account/sign-in?link='),
      });
    const { body } = await signIn(second.body.loginLink, 'hub');
    expect(body.person.email).toMatch(/^admin@visitorsandbox-/);
    expect((await visit('nonsense')).status).toBe(400);
    expect((await visit('аda@example.test')).body.message).toMatch(/^email: /);
  });

  it('is slowed down', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 30 && !statuses.includes(429); count++)
      statuses.push((await visit('eager@example.test')).status);
    expect(statuses.at(-1)).toBe(429);
  });

  it('learns nothing from the reply in production: the link goes by mail', async () => {
    const real = await startTestPlatform({ config: { mode: 'production' } });
    const reply = await visit('real@example.test', termsVersion, real);
    expect(reply.body).toEqual({ status: 'requested' });
    await real.platform.idle();
    const mails = await mailsTo('real@example.test', real);
    expect(mails.map(({ kind }) => kind)).toEqual(['sandbox']);
    expect(openMailSecrets(real.world, mails[0]!.data).link).toContain('link=');
    const page = await real.page(await real.addPerson(), 'portal');
    expect((await page.post('/portal/api/sandboxes', { termsVersion })).body).not.toHaveProperty('loginLink');
    await real.close();
  });

  it('cannot make embedded apps in an account that belongs to no organisation (F79)', async () => {
    const request = { displayName: 'Alone', kind: 'personal' } as const;
    const orgId = await kit.world.store.tx((tx) => addOrganization(kit.world, tx, request));
    expect(await mayCreateEmbeddedApps(kit.world, orgId)).toBe(false);
    const alone = await kit.page(await kit.addPerson({ org: orgId, licenses: [] }), 'portal');
    expect((await ask(alone)).body.status).toBe('ready');
  });
});

describe('a sandbox that nobody uses', () => {
  it('ends after 90 days with a warning before, and goes on when somebody acts', async () => {
    const lonely = await kit.addPerson();
    const page = await kit.page(lonely, 'portal');
    const { body } = await ask(page);
    const kinds = async () => (await mailsTo(lonely.email)).map(({ kind }) => kind);
    const pass = async (days: number) => {
      await kit.platform.idle();
      kit.world.clock.advance(days * DAY);
      await kit.platform.idle();
    };
    const { rows } = await kit.world.store.pool.query<{ admin_id: TestPerson['id'] }>(
      'select admin_id from sandbox where id = $1',
      [body.id],
    );
    const admin = { ...lonely, id: rows[0]!.admin_id, orgId: uuidOf(body.orgId) as TestPerson['orgId'] };
    await pass(77);
    expect(await kinds()).toEqual(['sandbox', 'sandbox_ending']);
    const api = await kit.mint(admin, ['spark:all']);
    expect((await api.get('/people/me')).status).toBe(200);
    await pass(20);
    expect(await kinds()).toEqual(['sandbox', 'sandbox_ending']);
    await pass(57);
    await pass(1);
    expect(await kinds()).toEqual(['sandbox', 'sandbox_ending', 'sandbox_ending']);
    expect((await api.get('/people/me')).status).toBe(200);
    await pass(91);
    expect((await kinds()).at(-1)).toBe('sandbox_ended');
    expect((await api.get('/people/me')).status).toBe(401);
    const fresh = await kit.page(lonely, 'portal');
    expect((await fresh.get(`/portal/api/sandboxes/${body.id}`)).body.status).toBe('ended');
    expect((await ask(fresh)).body.id).not.toBe(body.id);
  });
});
