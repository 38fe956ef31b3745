import type { RoleName } from '@moothall/contract';
import { encodeWireId, type Uuid } from '@moothall/core';
import { addApp, lockLiveGrant, mintToken, openGrant } from '@moothall/platform';
import {
  type ApiClient,
  apiClient,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCOPES = ['spark:all', 'identity:tokens_read', 'identity:tokens_write'];
const LIMIT = 12;
const FORBIDDEN = /^The server understood the request, but refused/;

let kit: TestPlatform;
let admin: TestPerson;
let stranger: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false, limits: { 'token.active_per_account': LIMIT } });
  admin = await kit.addPerson({ roles: ['full_admin'], scopes: SCOPES });
  const org = await kit.addOrg('Globex');
  stranger = await kit.addPerson({ org, roles: ['full_admin'], scopes: SCOPES });
});
afterAll(() => kit.close());

const wire = (id: string) => encodeWireId('AUTHORIZATION', id);

async function addIntegration(name = 'CRM sync'): Promise<string> {
  const request = { kind: 'integration' as const, name, orgId: kit.orgId };
  return (await kit.world.store.tx((tx) => addApp(kit.world, tx, request))).clientId;
}

/** What a code gives: a grant with its refresh token, and two access tokens. */
async function allow(person: TestPerson, clientId: string) {
  const scopes = ['spark:people_read'];
  return kit.world.store.tx(async (tx) => {
    const { id: personId, orgId } = person;
    const grant = await openGrant(kit.world, tx, { personId, orgId, clientId, scopes });
    const request = { personId, orgId, scopes, appId: clientId, grantId: grant.grantId, lifetimeSeconds: 60 };
    const tokens = [await mintToken(kit.world, tx, request), await mintToken(kit.world, tx, request)];
    const clients = tokens.map(({ token }) => apiClient(kit.baseUrl, token));
    return { ...grant, clients, ids: tokens.map(({ tokenId }) => tokenId) };
  });
}

const statusOf = async (client: ApiClient) => (await client.get('/people/me')).status;
const isLive = (refreshToken: string) =>
  kit.world.store.tx(async (tx) => (await lockLiveGrant(kit.world, tx, refreshToken)) !== undefined);
const audited = async () =>
  (await kit.events()).filter(
    (event) => event.resource === 'audit' && event.data.category === 'AUTHORIZATION_REVOKED',
  );

describe('GET /authorizations', () => {
  it('F31: lists grants and tokens of a person of the organisation', async () => {
    const ada = await kit.addPerson();
    const clientId = await addIntegration();
    const { grantId, ids } = await allow(ada, clientId);
    const reply = await admin.api.get(`/authorizations?personId=${ada.wireId}`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('link')).toBeNull();
    const ofApp = {
      applicationId: encodeWireId('APPLICATION', clientId),
      applicationName: 'CRM sync',
      clientId,
      personId: ada.wireId,
      created: expect.stringMatching(/Z$/),
    };
    expect(reply.body.items).toHaveLength(4);
    expect(reply.body.items[0]).toEqual({ ...ofApp, id: wire(grantId), type: 'refresh' });
    for (const id of ids) expect(reply.body.items).toContainEqual({ ...ofApp, id: wire(id), type: 'access' });
    const personal = reply.body.items.find((item: { clientId: string }) => item.clientId !== clientId);
    expect(personal).toMatchObject({ applicationName: 'Developer Portal', type: 'access' });
    const byEmail = await admin.api.get(`/authorizations?personEmail=${ada.email.toUpperCase()}`);
    expect(byEmail.body).toEqual(reply.body);
    const both = await admin.api.get(`/authorizations?personId=${ada.id}&personEmail=${ada.email}`);
    expect(both.body).toEqual(reply.body);
  });

  it('F31: refuses neither, both that differ, and what is no id', async () => {
    const { body, status } = await admin.api.get('/authorizations');
    expect([status, body.message]).toEqual([400, 'Must specify either personId or personEmail.']);
    const differing = await admin.api.get(`/authorizations?personId=${admin.id}&personEmail=bob@acme.test`);
    expect(differing.status).toBe(400);
    expect((await admin.api.get('/authorizations?personId=nonsense')).body.message).toBe(
      'Expect base64 ID or UUID.',
    );
    expect((await admin.api.get('/authorizations?personEmail=nonsense')).status).toBe(400);
  });

  it('lists bots, and our own sites by their names', async () => {
    const bot = await kit.addBot();
    expect((await admin.api.get(`/authorizations?personId=${bot.id}`)).body.items).toHaveLength(1);
    const ada = await kit.addPerson();
    await kit.page(ada, 'hub');
    const { items } = (await admin.api.get(`/authorizations?personId=${ada.id}`)).body;
    expect(items.map((item: { applicationName: string }) => item.applicationName)).toEqual([
      'Hub',
      'Developer Portal',
    ]);
  });
});

describe('DELETE /authorizations/{id}', () => {
  it('F32: refuses the token at its next call, and no other', async () => {
    const ada = await kit.addPerson();
    const { clients, ids } = await allow(ada, await addIntegration());
    expect(await Promise.all(clients.map(statusOf))).toEqual([200, 200]);
    const before = (await audited()).length;
    expect((await admin.api.delete(`/authorizations/${wire(ids[0]!)}`)).status).toBe(204);
    expect(await Promise.all(clients.map(statusOf))).toEqual([401, 200]);
    const events = await audited();
    expect(events).toHaveLength(before + 1);
    expect(events.at(-1)).toMatchObject({ actor_id: admin.id, data: { target: { name: 'CRM sync' } } });
    expect((await admin.api.delete(`/authorizations/${ids[0]}`)).status).toBe(404);
    expect(await audited()).toHaveLength(before + 1);
  });

  it('F33: takes all access tokens along with the refresh token', async () => {
    const { clients, grantId, refreshToken } = await allow(await kit.addPerson(), await addIntegration());
    expect(await isLive(refreshToken)).toBe(true);
    expect((await admin.api.delete(`/authorizations/${wire(grantId)}`)).status).toBe(204);
    expect(await Promise.all(clients.map(statusOf))).toEqual([401, 401]);
    expect(await isLive(refreshToken)).toBe(false);
    expect((await admin.api.delete(`/authorizations/${wire(grantId)}`)).status).toBe(404);
  });

  it('F22: frees the slots of the ledger', async () => {
    const ada = await kit.addPerson();
    while ((await listOf(ada)).length < LIMIT) await kit.mint(ada, []);
    await expect(kit.mint(ada, [])).rejects.toMatchObject({ code: 'token.limit_reached' });
    const [first, second] = await listOf(ada);
    for (const { id } of [first!, second!])
      expect((await admin.api.delete(`/authorizations/${id}`)).status).toBe(204);
    await kit.mint(ada, []);
    await kit.mint(ada, []);
    await expect(kit.mint(ada, [])).rejects.toMatchObject({ code: 'token.limit_reached' });
  });

  it('is done once when two ask at the same time', async () => {
    const { grantId } = await allow(await kit.addPerson(), await addIntegration());
    const before = (await audited()).length;
    const both = await Promise.all([1, 2].map(() => admin.api.delete(`/authorizations/${grantId}`)));
    expect(both.map((reply) => reply.status).sort()).toEqual([204, 404]);
    expect(await audited()).toHaveLength(before + 1);
  });
});

async function listOf({ id }: { id: Uuid }): Promise<{ id: string }[]> {
  return (await admin.api.get(`/authorizations?personId=${id}`)).body.items;
}

describe('DELETE /authorizations?clientId', () => {
  it("F22, F33: revokes an app for the whole organisation, and nobody else's", async () => {
    const clientId = await addIntegration();
    const [ada, bob] = [await kit.addPerson(), await kit.addPerson()];
    const mine = [await allow(ada, clientId), await allow(bob, clientId)];
    const [elsewhere, other] = [await allow(stranger, clientId), await allow(ada, await addIntegration())];
    const orgId = encodeWireId('ORGANIZATION', kit.orgId);
    expect((await admin.api.delete(`/authorizations?clientId=${clientId}&orgId=${orgId}`)).status).toBe(204);
    for (const { clients, refreshToken } of mine) {
      expect(await Promise.all(clients.map(statusOf))).toEqual([401, 401]);
      expect(await isLive(refreshToken)).toBe(false);
    }
    for (const { clients, refreshToken } of [elsewhere, other]) {
      expect(await Promise.all(clients.map(statusOf))).toEqual([200, 200]);
      expect(await isLive(refreshToken)).toBe(true);
    }
    expect((await audited()).at(-1)!.data).toMatchObject({
      actionText: expect.stringContaining('revoked 2 authorizations of CRM sync for the whole organization'),
    });
    expect((await admin.api.delete(`/authorizations?clientId=${clientId}`)).status).toBe(204);
  });

  it('refuses apps of our own, other organisations and what is no client id', async () => {
    const [{ clientId }] = (await admin.api.get(`/authorizations?personId=${admin.id}`)).body.items;
    expect((await admin.api.delete(`/authorizations?clientId=${clientId}`)).status).toBe(400);
    expect(await statusOf(admin.api)).toBe(200);
    const foreign = encodeWireId('ORGANIZATION', stranger.orgId);
    const app = await addIntegration();
    expect((await admin.api.delete(`/authorizations?clientId=${app}&orgId=${foreign}`)).status).toBe(403);
    for (const wrong of ['', `?clientId=`, `?clientId=a%20b`, `?clientId=${'x'.repeat(129)}`])
      expect((await admin.api.delete(`/authorizations${wrong}`)).status).toBe(400);
  });
});

describe('F34: nothing is listed or revoked', () => {
  let ada: TestPerson;
  let allowed: Awaited<ReturnType<typeof allow>>;
  let app: string;
  beforeAll(async () => {
    ada = await kit.addPerson();
    app = await addIntegration();
    allowed = await allow(ada, app);
  });
  const everything = async (api: ApiClient) => [
    await api.get(`/authorizations?personId=${ada.id}`),
    await api.get(`/authorizations?personEmail=${ada.email}`),
    await api.delete(`/authorizations/${allowed.grantId}`),
    await api.delete(`/authorizations/${allowed.ids[0]}`),
    await api.delete(`/authorizations?clientId=${app}&orgId=${kit.orgId}`),
  ];
  const stillLive = async () => {
    expect(await Promise.all(allowed.clients.map(statusOf))).toEqual([200, 200]);
    expect(await isLive(allowed.refreshToken)).toBe(true);
  };

  it.each<[string, RoleName[]]>([
    ['a plain user', []],
    ['a read-only admin', ['readonly_admin']],
    ['a device admin', ['device_admin']],
    ['a compliance officer', ['compliance_officer']],
  ])('by %s', async (_who, roles) => {
    const person = await kit.addPerson({ roles, scopes: SCOPES });
    const before = (await audited()).length;
    for (const reply of await everything(person.api)) {
      expect(reply.status).toBe(403);
      expect(reply.body.message).toMatch(FORBIDDEN);
    }
    await stillLive();
    expect(await audited()).toHaveLength(before);
  });

  it("by another organisation's admin, to whom what exists looks like what does not", async () => {
    const before = (await audited()).length;
    const replies = await everything(stranger.api);
    expect(replies.map((reply) => reply.status)).toEqual([403, 403, 403, 403, 403]);
    for (const reply of replies) expect(reply.text).not.toMatch(/CRM|acme|Acme|Person/);
    const nobody = kit.world.ids.uuid();
    const unknown = [
      await stranger.api.get(`/authorizations?personId=${nobody}`),
      await stranger.api.get('/authorizations?personEmail=nobody@nowhere.test'),
      await stranger.api.delete(`/authorizations/${nobody}`),
    ];
    expect(unknown.map(({ status, body }) => [status, body.message])).toEqual(
      [replies[0]!, replies[1]!, replies[2]!].map(({ status, body }) => [status, body.message]),
    );
    await stillLive();
    expect(await audited()).toHaveLength(before);
  });

  it('by an admin without the scope; a user admin may look', async () => {
    const scopeless = await kit.mint(admin, ['spark:all']);
    for (const reply of await everything(scopeless)) expect(reply.body.message).toMatch(FORBIDDEN);
    const user = await kit.addPerson({ roles: ['user_admin'], scopes: SCOPES });
    expect((await everything(user.api)).map((reply) => reply.status)).toEqual([200, 200, 403, 403, 403]);
    await stillLive();
  });
});

describe('GET /authorizations/tokenExpiry', () => {
  it('tells any caller when their token expires', async () => {
    const ada = await kit.addPerson();
    const before = kit.world.clock.nowMs();
    const api = await kit.mint(ada, [], 60);
    const { body } = await api.get('/authorizations/tokenExpiry');
    expect(body.exp).toBeGreaterThanOrEqual(before + 60_000);
    expect(body.exp).toBeLessThanOrEqual(kit.world.clock.nowMs() + 60_000);
    const endless = (await ada.api.get('/authorizations/tokenExpiry')).body;
    expect(new Date(endless.exp).toISOString()).toBe('9999-12-31T23:59:59.000Z');
    expect((await kit.anonymous.get('/authorizations/tokenExpiry')).status).toBe(401);
  });
});

describe('the hub', () => {
  it('shows the token meter, and revokes as the API does', async () => {
    const ada = await kit.addPerson();
    const app = await addIntegration();
    const { clients, grantId, ids } = await allow(ada, app);
    const page = await kit.page(admin, 'hub');
    const { status, body } = await page.get(`/hub/api/users/${ada.wireId}/authorizations`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ count: 3, limit: LIMIT });
    expect(body.items[0]).toMatchObject({ id: wire(grantId), scopes: ['spark:people_read'] });
    expect((await page.delete(`/hub/api/authorizations/${wire(ids[0]!)}`)).status).toBe(204);
    expect(await Promise.all(clients.map(statusOf))).toEqual([401, 200]);
    expect((await page.delete(`/hub/api/authorizations?clientId=${app}`)).status).toBe(204);
    expect(await Promise.all(clients.map(statusOf))).toEqual([401, 401]);
  });

  it('is closed to others, and to tokens', async () => {
    const ada = await kit.addPerson();
    const path = `/hub/api/users/${ada.wireId}/authorizations`;
    expect((await admin.api.get(path)).status).toBe(401);
    expect((await (await kit.page(ada, 'hub')).get(path)).status).toBe(403);
    expect((await (await kit.page(stranger, 'hub')).get(path)).status).toBe(403);
  });
});
