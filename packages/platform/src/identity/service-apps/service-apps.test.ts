import { encodeWireId } from '@moothall/core';
import { addApp, findAppByClientId } from '@moothall/platform';
import {
  type ApiClient,
  apiClient,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SECRET = 'e'.repeat(64);
const SCOPES = ['spark-admin:people_read', 'guest-issuer:write', 'guest-issuer:read'];

let kit: TestPlatform;
let owner: TestPerson;
let portal: ApiClient;
let admin: TestPerson;
let hub: ApiClient;
let reader: ApiClient;
let other: TestPerson;
let otherHub: ApiClient;

beforeAll(async () => {
  kit = await startTestPlatform();
  owner = await kit.addPerson({ name: 'Bea', scopes: ['spark:applications_token'] });
  portal = await kit.page(owner, 'portal');
  admin = await kit.addPerson({ name: 'Ada', roles: ['full_admin'] });
  hub = await kit.page(admin, 'hub');
  reader = await kit.page(await kit.addPerson({ roles: ['readonly_admin'] }), 'hub');
  other = await kit.addPerson({ org: await kit.addOrg('Globex'), roles: ['full_admin'], name: 'Gina' });
  otherHub = await kit.page(other, 'hub');
});
afterAll(() => kit.close());

type App = { id: string; clientId: string };

function newApp(scopes = SCOPES): Promise<App> {
  const settings = {
    kind: 'service_app' as const,
    name: 'Reception',
    description: 'Greets people',
    state: 'draft',
  };
  const app = { ...settings, orgId: kit.orgId, ownerId: owner.id, scopes, secret: SECRET };
  return kit.world.store.tx((tx) => addApp(kit.world, tx, app));
}

async function listed({ id }: App, by = hub) {
  const { status, body } = await by.get('/hub/api/service-apps');
  expect(status).toBe(200);
  return body.items.find((item: { id: string }) => item.id === id);
}

const stateOf = async (app: App) => (await findAppByClientId(kit.world.store.db, app.clientId))?.state;
const request = (app: App, body = {}) =>
  portal.post(`/portal/api/apps/${app.id}/authorization-requests`, body);
const pathOf = (app: App) => `/hub/api/service-apps/${app.id}/authorization`;

async function authorize(app: App, by = hub) {
  const { version } = await listed(app, by);
  return by.post(pathOf(app), { version });
}

async function authorized(scopes?: string[]): Promise<App> {
  const app = await newApp(scopes);
  expect((await request(app)).status).toBe(200);
  expect((await authorize(app)).status).toBe(200);
  return app;
}

function askToken(app: App, body: Record<string, unknown> = {}, api = owner.api) {
  const credentials = {
    clientId: app.clientId,
    clientSecret: SECRET,
    targetOrgId: encodeWireId('ORGANIZATION', kit.orgId),
  };
  const id = encodeWireId('APPLICATION', app.clientId);
  return api.post(`/applications/${id}/token`, { ...credentials, ...body });
}

async function tokenOf(app: App): Promise<{ access: ApiClient; refreshToken: string }> {
  const { status, body } = await askToken(app);
  expect(status).toBe(200);
  return { access: apiClient(kit.baseUrl, body.access_token), refreshToken: body.refresh_token };
}

function refresh(app: App, refreshToken: string) {
  const form = { grant_type: 'refresh_token', client_id: app.clientId, client_secret: SECRET };
  return kit.anonymous.post('/access_token', new URLSearchParams({ ...form, refresh_token: refreshToken }));
}

describe('the life of a service app', () => {
  it('goes from draft over a request to an authorisation, and ends', async () => {
    const app = await newApp();
    expect((await askToken(app)).status).toBe(403);
    expect(await listed(app)).toBeUndefined();
    expect((await hub.post(pathOf(app), { version: '1' })).status).toBe(404);

    expect((await request(app)).body).toEqual({ state: 'requested' });
    expect(await stateOf(app)).toBe('authorization_requested');
    expect((await askToken(app)).status).toBe(403);
    expect(await listed(app)).toMatchObject({
      name: 'Reception',
      state: 'requested',
      developer: { organization: 'Acme', email: owner.email },
      scopes: SCOPES.map((name) => ({ name, words: expect.not.stringContaining(':'), authorized: false })),
    });

    const granted = await authorize(app);
    expect(granted.body).toMatchObject({ state: 'authorized', decidedBy: admin.email });
    expect(granted.body.scopes.every((scope: { authorized: boolean }) => scope.authorized)).toBe(true);
    expect(await stateOf(app)).toBe('authorized');
    const { access, refreshToken } = await tokenOf(app);
    expect((await access.get('/people/me')).body).toMatchObject({
      id: granted.body.personId,
      type: 'bot',
      displayName: 'Reception',
    });

    expect((await hub.delete(pathOf(app))).status).toBe(204);
    expect((await access.get('/people/me')).status).toBe(401);
    expect((await refresh(app, refreshToken)).status).toBe(400);
    expect((await askToken(app)).status).toBe(403);
    expect([await stateOf(app), (await listed(app)).state]).toEqual(['revoked', 'revoked']);
    expect((await hub.delete(pathOf(app))).status).toBe(404);

    expect((await request(app)).body).toEqual({ state: 'requested' });
    const again = await authorize(app);
    expect(again.body.personId).toBe(granted.body.personId);
    expect((await access.get('/people/me')).status).toBe(401);
    expect((await tokenOf(app)).access).toBeDefined();
  });

  it('is audited', async () => {
    const app = await authorized();
    await hub.delete(pathOf(app));
    const entries = (await kit.events()).filter(
      ({ resource, data }) => resource === 'audit' && (data.target as { id: string }).id === app.id,
    );
    expect(entries.map(({ data }) => [data.category, data.actionText])).toEqual([
      ['SERVICE_APP_AUTHORIZED', `Ada authorised the service app Reception for ${SCOPES.join(', ')}`],
      ['SERVICE_APP_AUTHORIZED', 'Ada ended the authorisation of the service app Reception'],
    ]);
  });

  it('is decided by full administrators on what they read, and for compliance by officers', async () => {
    const app = await newApp(['spark-compliance:events_read']);
    await request(app);
    expect((await listed(app, reader)).state).toBe('requested');
    expect((await reader.post(pathOf(app), { version: '1' })).status).toBe(403);
    expect((await hub.post(pathOf(app), { version: '7' })).status).toBe(409);
    const { version } = await listed(app);
    const refused = await hub.post(pathOf(app), { version });
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('compliance officer'),
    ]);
    const officer = await kit.addPerson({ roles: ['full_admin', 'compliance_officer'] });
    expect((await authorize(app, await kit.page(officer, 'hub'))).status).toBe(200);
  });

  it('asks another organisation by its id, which decides for itself', async () => {
    const app = await authorized();
    expect(await listed(app, otherHub)).toBeUndefined();
    expect((await otherHub.post(pathOf(app), { version: '1' })).status).toBe(404);
    expect((await otherHub.delete(pathOf(app))).status).toBe(404);
    const orgId = encodeWireId('ORGANIZATION', other.orgId);
    expect((await request(app, { orgId })).body).toEqual({ state: 'requested' });
    expect((await authorize(app, otherHub)).status).toBe(200);
    const { body } = await askToken(app, { targetOrgId: orgId });
    const me = (await apiClient(kit.baseUrl, body.access_token).get('/people/me')).body;
    expect(me.orgId).toBe(orgId);
    const own = await portal.get(`/portal/api/apps/${app.id}/org-authorizations`);
    expect(
      own.body.items.map(({ organization, state }: Record<string, string>) => [organization, state]).sort(),
    ).toEqual([
      ['Acme', 'authorized'],
      ['Globex', 'authorized'],
    ]);
    await otherHub.delete(pathOf(app));
    expect((await apiClient(kit.baseUrl, body.access_token).get('/people/me')).status).toBe(401);
    expect((await askToken(app)).status).toBe(200);
    expect(await stateOf(app)).toBe('authorized');
    const nowhere = encodeWireId('ORGANIZATION', kit.world.ids.uuid());
    expect((await request(app, { orgId: nowhere })).status).toBe(404);
  });

  it('is its owner’s, and no other kind of app', async () => {
    const app = await newApp();
    const stranger = await kit.page(other, 'portal');
    for (const path of ['authorization-requests', `org-authorizations/${kit.orgId}/token`])
      expect(
        (await stranger.post(`/portal/api/apps/${app.id}/${path}`, { clientSecret: SECRET })).status,
      ).toBe(404);
    expect((await stranger.get(`/portal/api/apps/${app.id}/org-authorizations`)).status).toBe(404);
    const bot = { kind: 'bot' as const, name: 'Echo', orgId: kit.orgId, ownerId: owner.id };
    const reply = await request(await kit.world.store.tx((tx) => addApp(kit.world, tx, bot)));
    expect([reply.status, reply.body.message]).toEqual([400, expect.stringContaining('service apps')]);
  });

  it('is refused in organisations of the gov profile', async () => {
    const app = await authorized();
    await kit.world.store.pool.query("update org set profile = 'gov' where id = $1", [other.orgId]);
    kit.world.caches.clearAll();
    expect((await request(app, { orgId: encodeWireId('ORGANIZATION', other.orgId) })).status).toBe(200);
    expect((await authorize(app, otherHub)).status).toBe(403);
    await kit.world.store.pool.query("update org set profile = 'standard' where id = $1", [other.orgId]);
    kit.world.caches.clearAll();
  });
});

describe('tokens of a service app', () => {
  it('have the documented form and lifetimes, and are refreshed', async () => {
    const app = await authorized();
    const { body, headers } = await askToken(app);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[^_]+_[^_]+_[^_]+$/),
      expires_in: 1_209_600,
      refresh_token: expect.any(String),
      refresh_token_expires_in: 7_776_000,
      token_type: 'Bearer',
    });
    expect(headers.get('cache-control')).toBe('no-store');
    const refreshed = await refresh(app, body.refresh_token);
    expect(refreshed.status).toBe(200);
    expect(refreshed.body.refresh_token).toBe(body.refresh_token);
    expect((await apiClient(kit.baseUrl, refreshed.body.access_token).get('/people/me')).status).toBe(200);
  });

  it('carry what was authorised, and act as an administrator of the organisation with it', async () => {
    const app = await authorized();
    const { access } = await tokenOf(app);
    const people = (await access.get('/people?max=1000')).body.items;
    expect(people.map((person: { displayName: string }) => person.displayName)).toContain('Ada');
    expect((await access.get('/licenses')).status).toBe(403);
    const guest = await access.post('/guests/token', { subject: 'G 1', displayName: 'Gus' });
    expect(guest.body).toMatchObject({ subject: 'G 1', displayName: 'Gus', expiresIn: 64_799 });
    expect((await access.get('/guests/count')).text).toBe('1');
  });

  it('do not widen when the app registers more, and shrink when it registers less', async () => {
    const app = await authorized();
    const scopes = ['spark-admin:people_read', 'spark-admin:licenses_read'];
    await kit.world.store.pool.query('update app set scopes = $2, version = version + 1 where id = $1', [
      app.id,
      scopes,
    ]);
    const { access } = await tokenOf(app);
    expect((await access.get('/people?max=1')).status).toBe(200);
    expect((await access.get('/licenses')).status).toBe(403);
    expect((await access.get('/guests/count')).status).toBe(403);
    const marks = (await listed(app)).scopes.map((scope: { authorized: boolean }) => scope.authorized);
    expect(marks).toEqual([true, false]);
    expect((await authorize(app)).status).toBe(200);
    expect((await (await tokenOf(app)).access.get('/licenses')).status).toBe(200);
    await kit.world.store.pool.query("update app set scopes = '{spark-admin:roles_read}' where id = $1", [
      app.id,
    ]);
    expect((await askToken(app)).status).toBe(403);
  });

  it('are given for the right secret only, to the organisation that has the app', async () => {
    const app = await authorized();
    const wrong = [{ clientSecret: 'x' }, { clientId: 'x' }, { clientSecret: '' }];
    for (const body of wrong) expect((await askToken(app, body)).status).toBe(400);
    expect((await askToken(app, { targetOrgId: encodeWireId('ORGANIZATION', other.orgId) })).status).toBe(
      403,
    );
    for (const body of [{ targetOrgId: 'x' }, { clientId: 5 }, { clientSecret: 'a\0' }])
      expect((await askToken(app, body)).status).toBe(400);
    const plain = await kit.mint(owner, ['spark:people_read']);
    expect((await askToken(app, {}, plain)).status).toBe(403);
    expect((await askToken(app, {}, kit.anonymous)).status).toBe(401);
    const stranger = await kit.mint(other, ['spark:applications_token']);
    expect((await askToken(app, {}, stranger)).status).toBe(404);
    for (const id of ['C0', 'x', encodeWireId('ROOM', app.id), encodeWireId('APPLICATION', 'C1')]) {
      const reply = await owner.api.post(`/applications/${id}/token`, {
        clientId: app.clientId,
        clientSecret: SECRET,
        targetOrgId: kit.orgId,
      });
      expect(reply.status).toBe(404);
    }
    const byClientId = await owner.api.post(`/applications/${app.clientId}/token`, {
      clientId: app.clientId,
      clientSecret: SECRET,
      targetOrgId: kit.orgId,
    });
    expect(byClientId.status).toBe(200);
  });

  it('are given to the owner in the portal too', async () => {
    const app = await authorized();
    const path = `/portal/api/apps/${app.id}/org-authorizations/${encodeWireId('ORGANIZATION', kit.orgId)}/token`;
    const { status, body } = await portal.post(path, { clientSecret: SECRET });
    expect([status, body.token_type]).toEqual([200, 'Bearer']);
    expect((await portal.post(path, { clientSecret: 'x' })).status).toBe(400);
  });

  it('end with the app, and so does its account', async () => {
    const app = await authorized();
    const { access, refreshToken } = await tokenOf(app);
    const { personId } = await listed(app);
    expect((await portal.delete(`/portal/api/apps/${app.id}`)).status).toBe(204);
    expect((await access.get('/people/me')).status).toBe(401);
    expect((await refresh(app, refreshToken)).status).toBe(400);
    expect((await askToken(app)).status).toBe(404);
    expect(await listed(app)).toBeUndefined();
    const people = await kit.mint(admin, ['spark-admin:people_read']);
    expect((await people.get(`/people/${personId}`)).status).toBe(404);
  });

  it('outlive who authorised them and who owns the app', async () => {
    const deciding = await kit.addPerson({ roles: ['full_admin'] });
    const app = await newApp();
    await request(app);
    await authorize(app, await kit.page(deciding, 'hub'));
    const { access } = await tokenOf(app);
    const admins = await kit.mint(admin, ['spark-admin:people_write']);
    expect((await admins.delete(`/people/${deciding.wireId}`)).status).toBe(204);
    expect((await access.get('/people/me')).status).toBe(200);
    expect((await listed(app)).state).toBe('authorized');
  });
});
