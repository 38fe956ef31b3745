import { integrationAccessOf, mintToken, openGrant } from '@moothall/platform';
import { type ApiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let hub: ApiClient;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  hub = await kit.page(await kit.addPerson({ roles: ['full_admin'] }), 'hub');
});
afterAll(() => kit.close());

async function makeIntegration(name = 'CRM', owner = ada) {
  const page = await kit.page(owner, 'portal');
  const form = {
    type: 'integration',
    name,
    redirectUris: ['https://crm.test/cb'],
    scopes: ['spark:rooms_read'],
  };
  return (await page.post('/portal/api/apps', form)).body.app;
}

function accessOf({ id: personId, orgId }: TestPerson, clientId: string) {
  return integrationAccessOf(kit.world, kit.world.store.db, { orgId, personId, clientId });
}

async function setPolicy(clientId: string, mode: string, personIds: string[] = [], who = hub) {
  const { items } = (await who.get('/hub/api/integrations?max=1000')).body;
  const version =
    items.find((item: { clientId: string }) => item.clientId === clientId)?.policy.version ?? '0';
  return who.put(`/hub/api/integrations/${clientId}/policy`, { mode, personIds, version });
}

async function grant({ id: personId, orgId }: TestPerson, clientId: string): Promise<string> {
  return kit.world.store.tx(async (tx) => {
    const scopes = ['spark:rooms_read'];
    const { grantId } = await openGrant(kit.world, tx, { personId, orgId, clientId, scopes });
    return (await mintToken(kit.world, tx, { personId, orgId, scopes, appId: clientId, grantId })).token;
  });
}

/** What the consent page says, and what comes of agreeing. */
async function consent(person: TestPerson, app: { clientId: string }) {
  const page = await kit.page(person);
  const query = new URLSearchParams({
    client_id: app.clientId,
    response_type: 'code',
    redirect_uri: 'https://crm.test/cb',
    scope: 'spark:rooms_read',
    state: 's',
  }).toString();
  const shown = await page.get(`/idb/api/authorization-requests?${query}`);
  const agreed = await page.post('/idb/api/authorization-requests/decision', { query, approved: true });
  return { barrier: shown.body.barrier as string | undefined, status: agreed.status };
}

describe('who may use an integration', () => {
  it('is everybody, unless an administrator blocks it or names those who may', async () => {
    const app = await makeIntegration();
    expect(await consent(ada, app)).toEqual({ barrier: undefined, status: 200 });
    expect((await setPolicy(app.clientId, 'blocked')).body).toMatchObject({ mode: 'blocked', version: '1' });
    expect(await consent(ada, app)).toEqual({ barrier: 'blocked', status: 403 });
    expect((await setPolicy(app.clientId, 'selected', [ben.wireId])).body.personIds).toEqual([ben.wireId]);
    expect(await consent(ada, app)).toMatchObject({ status: 403 });
    expect(await consent(ben, app)).toEqual({ barrier: undefined, status: 200 });
    await setPolicy(app.clientId, 'allowed');
    expect(await accessOf(ada, app.clientId)).toEqual({ allowed: true });
    const audited = (await kit.events()).filter(({ data }) => data.category === 'INTEGRATION_POLICY_CHANGED');
    expect(audited.map(({ data }) => data.actionText)).toContainEqual(expect.stringContaining('to blocked'));
  });

  it('follows the default of the organisation where nothing was said', async () => {
    const app = await makeIntegration();
    const change = {
      access: 'block',
      version: (await hub.get('/hub/api/integrations')).body.default.version,
    };
    const replies = await Promise.all([
      hub.put('/hub/api/integration-policy', change),
      hub.put('/hub/api/integration-policy', change),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await accessOf(ada, app.clientId)).toMatchObject({ allowed: false, reason: 'blocked' });
    await setPolicy(app.clientId, 'allowed');
    expect(await accessOf(ada, app.clientId)).toEqual({ allowed: true });
    await setPolicy(app.clientId, 'default');
    expect(await accessOf(ada, app.clientId)).toMatchObject({ allowed: false });
    const version = replies.find(({ status }) => status === 200)!.body.version;
    expect((await hub.put('/hub/api/integration-policy', { access: 'allow', version })).status).toBe(200);
    expect(await accessOf(ada, app.clientId)).toEqual({ allowed: true });
  });

  it('concerns the people of one organisation only', async () => {
    const app = await makeIntegration();
    const org = await kit.addOrg('Other');
    const eve = await kit.addPerson({ org });
    const admin = await kit.page(await kit.addPerson({ org, roles: ['full_admin'] }), 'hub');
    await setPolicy(app.clientId, 'blocked', [], admin);
    expect(await consent(eve, app)).toMatchObject({ barrier: 'blocked' });
    expect(await consent(ada, app)).toMatchObject({ status: 200 });
    const refused = await setPolicy(app.clientId, 'selected', [ada.wireId], admin);
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringMatching(/^personIds:/)]);
    const names = (await admin.get('/hub/api/integrations')).body.items.map(
      (item: { name: string }) => item.name,
    );
    expect(names).toEqual(['CRM']);
  });

  it('is said by full administrators alone', async () => {
    const app = await makeIntegration();
    const reader = await kit.page(await kit.addPerson({ roles: ['readonly_admin'] }), 'hub');
    expect((await reader.get('/hub/api/integrations')).status).toBe(200);
    expect((await setPolicy(app.clientId, 'blocked', [], reader)).status).toBe(403);
    expect((await reader.delete(`/hub/api/integrations/${app.clientId}/authorizations`)).status).toBe(403);
    const user = await kit.page(ada, 'hub');
    expect((await user.get('/hub/api/integrations')).status).toBe(403);
    const unknown = { mode: 'blocked', version: '0' };
    expect((await hub.put('/hub/api/integrations/Cnone/policy', unknown)).status).toBe(404);
    expect(
      (await hub.put(`/hub/api/integrations/${app.clientId}/policy`, { ...unknown, version: '7' })).status,
    ).toBe(409);
  });
});

describe('integrations in the hub', () => {
  it('are listed with grants, people, scopes and last use, and revoked for all', async () => {
    const app = await makeIntegration('Widely used');
    const tokens = [
      await grant(ada, app.clientId),
      await grant(ada, app.clientId),
      await grant(ben, app.clientId),
    ];
    const use = (token: string) => kit.anonymous.get('/rooms', { authorization: `Bearer ${token}` });
    expect((await use(tokens[0]!)).status).toBe(200);
    const read = async () => (await hub.get('/hub/api/integrations?q=widely')).body.items[0];
    await expect.poll(async () => (await read()).lastUsed).toMatch(/Z$/);
    expect(await read()).toMatchObject({
      name: 'Widely used',
      own: true,
      grants: 3,
      people: 2,
      scopes: ['spark:rooms_read'],
      policy: { mode: 'default', version: '0' },
    });
    expect((await hub.delete(`/hub/api/integrations/${app.clientId}/authorizations`)).status).toBe(204);
    for (const token of tokens) expect((await use(token)).status).toBe(401);
    expect(await read()).toMatchObject({ grants: 0, people: 0 });
  });
});

describe('requests for a blocked integration', () => {
  it('are kept once, shown to administrators, and end when they are allowed or declined', async () => {
    const app = await makeIntegration('Wanted');
    const [mine, his] = [await kit.page(ada), await kit.page(ben)];
    const ask = (page: ApiClient) => page.post('/idb/api/integration-requests', { clientId: app.clientId });
    const refused = await ask(mine);
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining('not blocked')]);
    await setPolicy(app.clientId, 'blocked');
    expect((await Promise.all([ask(mine), ask(mine), ask(his)])).map(({ status }) => status)).toEqual([
      200, 200, 200,
    ]);
    expect(await accessOf(ada, app.clientId)).toEqual({ allowed: false, reason: 'blocked', requested: true });
    const list = async () => (await hub.get('/hub/api/integration-requests')).body.items;
    expect(await list()).toHaveLength(2);
    const [first] = await list();
    expect(first).toMatchObject({
      clientId: app.clientId,
      name: 'Wanted',
      person: { id: expect.any(String) },
    });
    const other = await kit.page(
      await kit.addPerson({ org: await kit.addOrg('X'), roles: ['full_admin'] }),
      'hub',
    );
    expect((await other.get('/hub/api/integration-requests')).body.items).toEqual([]);
    expect((await other.delete(`/hub/api/integration-requests/${first.id}`)).status).toBe(404);
    const benId = (await list()).find(
      ({ person }: { person: { email: string } }) => person.email === ben.email,
    ).person.id;
    await setPolicy(app.clientId, 'selected', [benId]);
    expect(await list()).toMatchObject([{ person: { email: ada.email } }]);
    const [left] = await list();
    expect((await hub.delete(`/hub/api/integration-requests/${left.id}`)).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await ask(await kit.page(ben))).status).toBe(400);
  });
});
