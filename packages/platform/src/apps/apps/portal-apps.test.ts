import { addOrganization, openGrant, secretMatches } from '@moothall/platform';
import { type ApiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let portal: ApiClient;
let count = 0;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  portal = await kit.page(ada, 'portal');
});
afterAll(() => kit.close());

const APPS = '/portal/api/apps';

function botForm(fields: Record<string, unknown> = {}) {
  count += 1;
  return { type: 'bot', name: 'Echo', username: `echo-${count}`, ...fields };
}

function integrationForm(fields: Record<string, unknown> = {}) {
  const redirectUris = ['https://crm.example.com/callback'];
  return { type: 'integration', name: 'CRM', redirectUris, scopes: ['spark:rooms_read'], ...fields };
}

type StoredApp = { person_id: string; secret_hash: Buffer | null; secret_sealed: string | null };

async function rowOf(id: string): Promise<StoredApp> {
  const { rows } = await kit.world.store.pool.query<StoredApp>('select * from app where id = $1', [id]);
  return rows[0]!;
}

describe('F61: apps are made in the portal only', () => {
  it('refuses whoever asks the public API, and describes no operation for it', async () => {
    for (const api of [ada.api, kit.anonymous, portal]) {
      const refused = await api.post('/applications', { type: 'bot', name: 'x' });
      expect([refused.status, refused.body.message]).toEqual([
        404,
        'Apps can only be created in the Developer Portal',
      ]);
    }
    const makers = kit.world.resources
      .flatMap(({ operations }) => operations)
      .filter(({ method, plane }) => method === 'POST' && plane !== 'page')
      .filter(({ fullPath }) => /(apps|applications|bots|integrations|issuers)$/i.test(fullPath));
    expect(makers).toEqual([]);
  });

  it('takes no bearer token, no request without the CSRF token, and no site that was not entered', async () => {
    expect((await ada.api.post(APPS, botForm())).status).toBe(401);
    const account = await kit.page(ada);
    expect((await account.get(APPS)).status).toBe(401);
    expect((await portal.post(APPS, botForm(), { 'x-csrf-token': 'wrong' })).status).toBe(403);
    const foreign = { origin: 'https://evil.example.com' };
    expect((await portal.post(APPS, botForm(), foreign)).status).toBe(403);
  });
});

describe('F62: a person creates each kind; the secret is shown once', () => {
  it('makes a bot with an account and a token that does not expire', async () => {
    const { status, body } = await portal.post(APPS, botForm({ username: 'Mixed.Case', description: 'd' }));
    expect(status).toBe(200);
    expect(body.app).toMatchObject({
      type: 'bot',
      name: 'Echo',
      state: 'active',
      owner: { id: ada.wireId, active: true },
      bot: { username: 'mixed.case', email: 'mixed.case@webex.bot' },
    });
    expect(body.secret.kind).toBe('bot_token');
    expect(body.secret.value.split('_')).toHaveLength(3);
    const bot = (await kit.anonymous.get('/people/me', { authorization: `Bearer ${body.secret.value}` }))
      .body;
    expect(bot).toMatchObject({ type: 'bot', displayName: 'Echo', id: body.app.bot.personId });
    const { rows } = await kit.world.store.pool.query(
      'select expires_at, app_id from token where person_id = $1',
      [(await rowOf(body.app.id)).person_id],
    );
    expect(rows).toEqual([{ expires_at: null, app_id: body.app.clientId }]);
    const again = await portal.get(`${APPS}/${body.app.id}`);
    expect(again.body).toEqual(body.app);
    expect(again.text).not.toContain(body.secret.value);
    expect(
      (await kit.events()).filter(
        ({ resource, data }) => resource === 'audit' && data.category === 'APP_CREATED',
      ),
    ).not.toEqual([]);
  });

  it('makes an integration, a guest issuer, a service app and an embedded app', async () => {
    const integration = (await portal.post(APPS, integrationForm())).body;
    expect(integration.secret.value).toMatch(/^[0-9a-f]{64}$/);
    expect(integration.app.clientId).toMatch(/^C[0-9a-f]{64}$/);
    const url = new URL(integration.app.integration.authorizationUrl);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: integration.app.clientId,
      redirect_uri: 'https://crm.example.com/callback',
      scope: 'spark:rooms_read',
    });
    const row = await rowOf(integration.app.id);
    expect(secretMatches(kit.world, row, integration.secret.value)).toBe(true);
    expect(JSON.stringify(row)).not.toContain(integration.secret.value);

    const issuer = (await portal.post(APPS, { type: 'guest_issuer', name: 'Desk' })).body;
    expect(issuer.secret.kind).toBe('issuer_secret');
    expect(Buffer.from(issuer.secret.value, 'base64')).toHaveLength(32);
    expect(issuer.app.guestIssuer.issuerId).toMatch(/^Y2lz/);

    const scopes = ['spark-admin:people_read'];
    const service = { type: 'service_app', name: 'Sync', scopes, contactEmail: 'ops@acme.test' };
    expect((await portal.post(APPS, service)).body.app).toMatchObject({
      state: 'draft',
      serviceApp: { scopes, contactEmail: 'ops@acme.test' },
    });

    const embedded = (
      await portal.post(APPS, {
        type: 'embedded',
        name: 'Notes',
        contexts: ['meeting'],
        validDomains: ['Notes.example.com'],
        startUrl: 'https://notes.example.com/start',
      })
    ).body;
    expect(embedded).not.toHaveProperty('secret');
    expect(embedded.app).toMatchObject({
      state: 'in_development',
      embedded: { validDomains: ['notes.example.com'] },
    });
  });

  it('lists the own apps with filters and pages', async () => {
    const eve = await kit.addPerson({ name: 'Eve' });
    const page = await kit.page(eve, 'portal');
    await page.post(APPS, botForm({ name: 'Alpha' }));
    await page.post(APPS, integrationForm({ name: 'Beta%_' }));
    const names = async (query: string) =>
      (await page.get(`${APPS}${query}`)).body.items.map(({ name }: { name: string }) => name);
    expect(await names('')).toEqual(['Beta%_', 'Alpha']);
    expect(await names('?type=bot')).toEqual(['Alpha']);
    expect(await names('?q=%25_')).toEqual(['Beta%_']);
    expect(await names('?state=draft')).toEqual([]);
    const first = await page.get(`${APPS}?max=1`);
    const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')![1]!.replace(kit.baseUrl, '');
    expect((await page.get(next)).body.items[0].name).toBe('Alpha');
    expect((await page.get(`${APPS}?cursor=nonsense`)).status).toBe(400);
  });

  it('makes a new token or secret; the old one stops at once', async () => {
    const bot = (await portal.post(APPS, botForm())).body;
    const old = { authorization: `Bearer ${bot.secret.value}` };
    expect((await kit.anonymous.get('/people/me', old)).status).toBe(200);
    const { secret } = (await portal.post(`${APPS}/${bot.app.id}/token`)).body;
    expect((await kit.anonymous.get('/people/me', old)).status).toBe(401);
    const fresh = { authorization: `Bearer ${secret.value}` };
    expect((await kit.anonymous.get('/people/me', fresh)).status).toBe(200);
    expect((await portal.post(`${APPS}/${bot.app.id}/secret`)).status).toBe(400);

    const integration = (await portal.post(APPS, integrationForm())).body;
    const renewed = (await portal.post(`${APPS}/${integration.app.id}/secret`)).body.secret;
    const row = await rowOf(integration.app.id);
    expect(secretMatches(kit.world, row, integration.secret.value)).toBe(false);
    expect(secretMatches(kit.world, row, renewed.value)).toBe(true);
    expect((await portal.post(`${APPS}/${integration.app.id}/token`)).status).toBe(400);
    const audited = (await kit.events()).filter(({ data }) => data.category === 'APP_SECRET_REGENERATED');
    expect(audited).toHaveLength(2);
    expect(JSON.stringify(await kit.events())).not.toContain(renewed.value);
  });

  it('makes one app of a form that was sent twice', async () => {
    const form = { ...botForm(), requestId: 'click-1' };
    const replies = await Promise.all([portal.post(APPS, form), portal.post(APPS, form)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(replies.map(({ body }) => body.app.id)).size).toBe(1);
    expect(replies.filter(({ body }) => body.secret)).toHaveLength(1);
    const other = await portal.post(APPS, integrationForm(), { 'idempotency-key': 'click-1' });
    expect(other.status).toBe(409);
    const fresh = await portal.post(APPS, integrationForm(), { 'idempotency-key': 'click-2' });
    expect(fresh.status).toBe(200);
  });

  it('holds the number of integrations, for requests at once too', async () => {
    const gil = await kit.addPerson({ name: 'Gil' });
    const page = await kit.page(gil, 'portal');
    const replies = await Promise.all(Array.from({ length: 23 }, () => page.post(APPS, integrationForm())));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(replies.find(({ status }) => status !== 200)!.body.message).toContain('20 integrations');
    expect((await page.post(APPS, botForm())).status).toBe(200);
  });
});

describe("bots' names", () => {
  const check = async (name: string) =>
    (await portal.get(`/portal/api/bot-usernames/${encodeURIComponent(name)}`)).body;

  it('are free, taken in any case, reserved or refused, with a reason', async () => {
    expect(await check('Fresh.Name')).toEqual({
      username: 'fresh.name',
      email: 'fresh.name@webex.bot',
      available: true,
    });
    await portal.post(APPS, botForm({ username: 'fresh.name' }));
    expect(await check('FRESH.name')).toMatchObject({
      available: false,
      reason: expect.stringContaining('taken'),
    });
    expect(await check('Admin')).toMatchObject({
      available: false,
      reason: expect.stringContaining('reserved'),
    });
    for (const bad of ['есho', 'a b', '.dot', 'dot.', 'a..b', 'a@b', 'x'.repeat(65), 'İx'])
      expect(await check(bad)).toMatchObject({ available: false, reason: expect.any(String) });
  });

  it('are given once, even to two who ask at once, and not again after the bot is gone', async () => {
    const ben = await kit.page(await kit.addPerson({ name: 'Ben' }), 'portal');
    const replies = await Promise.all(
      [portal, ben].map((page) => page.post(APPS, botForm({ username: 'Twin' }))),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { id } = replies.find(({ status }) => status === 200)!.body.app;
    const owner = replies[0]!.status === 200 ? portal : ben;
    expect((await owner.delete(`${APPS}/${id}`)).status).toBe(204);
    expect((await portal.post(APPS, botForm({ username: 'twin' }))).status).toBe(409);
    expect((await portal.post(APPS, botForm({ username: 'root' }))).status).toBe(400);
    expect((await portal.post(APPS, botForm({ username: 'еcho' }))).body.message).toMatch(/^username:/);
  });

  it('never change', async () => {
    const { app } = (await portal.post(APPS, botForm())).body;
    const refused = await portal.patch(`${APPS}/${app.id}`, { version: app.version, username: 'other' });
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringMatching(/^username:/)]);
  });
});

describe('changes of an app', () => {
  it('rename the bot and are refused to who read an older version', async () => {
    const { app } = (await portal.post(APPS, botForm())).body;
    const changed = await portal.patch(`${APPS}/${app.id}`, { version: app.version, name: 'Echo Two' });
    expect(changed.body).toMatchObject({ name: 'Echo Two', version: '2' });
    expect((await ada.api.get(`/people/${app.bot.personId}`)).body.displayName).toBe('Echo Two');
    const late = await portal.patch(`${APPS}/${app.id}`, { version: app.version, name: 'Lost' });
    expect(late.status).toBe(409);
    const race = await Promise.all(
      ['a', 'b'].map((name) => portal.patch(`${APPS}/${app.id}`, { version: '2', name })),
    );
    expect(race.map(({ status }) => status).sort()).toEqual([200, 409]);
    const foreign = await portal.patch(`${APPS}/${app.id}`, { version: '3', scopes: ['spark:all'] });
    expect(foreign.body.message).toMatch(/^scopes:/);
  });

  it('F58: leave what people allowed alone, and tell how many lack a new scope', async () => {
    const { app } = (await portal.post(APPS, integrationForm())).body;
    const grantOf = (person: TestPerson, scopes: string[]) =>
      kit.world.store.tx((tx) =>
        openGrant(kit.world, tx, {
          personId: person.id,
          orgId: person.orgId,
          clientId: app.clientId,
          scopes,
        }),
      );
    const ben = await kit.addPerson();
    await grantOf(ada, ['spark:rooms_read']);
    await grantOf(ben, ['spark:rooms_read']);
    const scopes = ['spark:rooms_read', 'spark:people_read'];
    const changed = (await portal.patch(`${APPS}/${app.id}`, { version: app.version, scopes })).body;
    expect(changed.integration.drift).toEqual([{ scope: 'spark:people_read', lacking: 2, people: 2 }]);
    await grantOf(ben, scopes);
    const after = (await portal.get(`${APPS}/${app.id}`)).body.integration;
    expect(after.drift).toEqual([{ scope: 'spark:people_read', lacking: 1, people: 2 }]);
    const { rows } = await kit.world.store.pool.query('select scopes from oauth_grant where person_id = $1', [
      ada.id,
    ]);
    expect(rows).toEqual([{ scopes: ['spark:rooms_read'] }]);
  });

  it('of strangers are as if there were no such app', async () => {
    const { app } = (await portal.post(APPS, integrationForm())).body;
    const admin = await kit.page(await kit.addPerson({ roles: ['full_admin'] }), 'portal');
    const org = await kit.addOrg('Other');
    const stranger = await kit.page(await kit.addPerson({ org, roles: ['full_admin'] }), 'portal');
    const peer = await kit.page(await kit.addPerson(), 'portal');
    for (const page of [stranger, peer]) {
      const path = `${APPS}/${app.id}`;
      const replies = [
        await page.get(path),
        await page.patch(path, { version: '1', name: 'x' }),
        await page.delete(path),
        await page.post(`${path}/secret`),
        await page.post(`${path}/token`),
      ];
      expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    }
    expect((await admin.get(`${APPS}/${app.id}`)).status).toBe(200);
    expect((await admin.get(APPS)).body.items).toEqual([]);
    expect((await admin.patch(`${APPS}/${app.id}`, { version: '1', name: 'x' })).status).toBe(404);
  });

  it('delete a bot with its memberships, and revoke what was allowed to an integration', async () => {
    const bot = (await portal.post(APPS, botForm())).body;
    const room = (await ada.api.post('/rooms', { title: 'R' })).body;
    await ada.api.post('/memberships', { roomId: room.id, personEmail: bot.app.bot.email });
    expect((await portal.delete(`${APPS}/${bot.app.id}`)).status).toBe(204);
    const dead = { authorization: `Bearer ${bot.secret.value}` };
    expect((await kit.anonymous.get('/people/me', dead)).status).toBe(401);
    expect((await ada.api.get(`/memberships?roomId=${room.id}`)).body.items).toHaveLength(1);
    expect((await portal.get(`${APPS}/${bot.app.id}`)).status).toBe(404);

    const integration = (await portal.post(APPS, integrationForm())).body;
    const clientId = integration.app.clientId;
    const request = { personId: ada.id, orgId: ada.orgId, clientId, scopes: ['spark:rooms_read'] };
    await kit.world.store.tx((tx) => openGrant(kit.world, tx, request));
    await portal.delete(`${APPS}/${integration.app.id}`);
    const { rows } = await kit.world.store.pool.query(
      'select revoked_at from oauth_grant where client_id = $1',
      [clientId],
    );
    expect(rows[0]!.revoked_at).not.toBeNull();
  });
});

describe('organisations that have no apps, or not all', () => {
  it('F50: gov refuses every kind and says why', async () => {
    const orgId = await kit.world.store.tx((tx) =>
      addOrganization(kit.world, tx, { displayName: 'Ministry', profile: 'gov' }),
    );
    const page = await kit.page(await kit.addPerson({ org: orgId }), 'portal');
    const forms = [botForm(), integrationForm(), { type: 'guest_issuer', name: 'x' }];
    for (const form of forms) {
      const refused = await page.post(APPS, form);
      expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('gov profile')]);
    }
    expect((await page.get(APPS)).body.items).toEqual([]);
  });

  const embedded = {
    type: 'embedded',
    name: 'Notes',
    contexts: ['space'],
    validDomains: ['notes.test'],
    startUrl: 'https://notes.test/',
  };

  it('F78: a customer and a sandbox create embedded apps at once', async () => {
    for (const kind of ['customer', 'sandbox'] as const) {
      const org = await kit.world.store.tx((tx) =>
        addOrganization(kit.world, tx, { displayName: kind, kind }),
      );
      const page = await kit.page(await kit.addPerson({ org }), 'portal');
      expect((await page.post(APPS, embedded)).body.app.state).toBe('in_development');
    }
  });

  it('F79: an account without an organisation is offered a sandbox instead', async () => {
    const org = await kit.world.store.tx((tx) =>
      addOrganization(kit.world, tx, { displayName: 'Free', kind: 'personal' }),
    );
    const page = await kit.page(await kit.addPerson({ org }), 'portal');
    const refused = await page.post(APPS, embedded);
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('Developer Sandbox'),
    ]);
    expect((await page.post(APPS, botForm())).status).toBe(200);
  });
});
