import {
  type ApiClient,
  type Sink,
  startSink,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let sink: Sink;
let admin: TestPerson;
let hub: ApiClient;

beforeAll(async () => {
  [kit, sink] = await Promise.all([startTestPlatform(), startSink()]);
  admin = await kit.addPerson({ name: 'Root', roles: ['full_admin'] });
  hub = await kit.page(admin, 'hub', 'portal');
});
afterAll(() => Promise.all([kit.close(), sink.close()]));

const TRANSFER = '/hub/api/app-transfer/apps';
let count = 0;

async function makeBot(owner: TestPerson) {
  count += 1;
  const page = await kit.page(owner, 'portal');
  const { app, secret } = (
    await page.post('/portal/api/apps', { type: 'bot', name: `Bot ${count}`, username: `ci-${count}` })
  ).body;
  const as = (method: string, path: string, body?: unknown) =>
    kit.anonymous.request(method, path, body, { authorization: `Bearer ${secret.value}` });
  return { app, page, as };
}

async function makeIntegration(owner: TestPerson, name = 'CRM') {
  const page = await kit.page(owner, 'portal');
  const form = { type: 'integration', name, redirectUris: ['https://crm.test/cb'], scopes: ['spark:all'] };
  return (await page.post('/portal/api/apps', form)).body.app;
}

describe('F63: a bot outlives its creator', () => {
  it('deactivated, then deleted: token, memberships and webhooks go on', async () => {
    const jane = await kit.addPerson({ name: 'Jane' });
    const friend = await kit.addPerson({ name: 'Friend' });
    const { app, as } = await makeBot(jane);
    const room = (await friend.api.post('/rooms', { title: 'Builds' })).body;
    await friend.api.post('/memberships', { roomId: room.id, personEmail: app.bot.email });
    const targetUrl = `${sink.url}/bot`;
    await as('POST', '/webhooks', { name: 'w', targetUrl, resource: 'messages', event: 'created' });

    const goesOn = async (text: string) => {
      const before = sink.at('/bot').length;
      expect((await as('GET', '/people/me')).status).toBe(200);
      expect((await as('POST', '/messages', { roomId: room.id, text })).status).toBe(200);
      expect((await as('GET', `/memberships?roomId=${room.id}`)).body.items).toHaveLength(2);
      const markdown = `<@personId:${app.bot.personId}> ${text}`;
      expect((await friend.api.post('/messages', { roomId: room.id, markdown })).status).toBe(200);
      await kit.platform.idle();
      expect(sink.at('/bot').length).toBeGreaterThan(before);
    };
    await goesOn('while Jane is here');
    const id = jane.wireId;
    const scoped = await kit.mint(admin, ['spark-admin:people_read', 'spark-admin:people_write']);
    const details = { emails: [jane.email], displayName: 'Jane', loginEnabled: false };
    expect((await scoped.put(`/people/${id}`, details)).status).toBe(200);
    expect((await jane.api.get('/people/me')).status).toBe(401);
    await goesOn('after Jane was deactivated');
    expect((await hub.get(`${TRANSFER}?state=orphaned`)).body.items).toMatchObject([
      { id: app.id, orphaned: true },
    ]);
    expect((await scoped.delete(`/people/${id}`)).status).toBe(204);
    await goesOn('after Jane was deleted');

    const regenerated = await hub.post(`/portal/api/apps/${app.id}/token`);
    expect(regenerated.status).toBe(200);
    expect((await as('GET', '/people/me')).status).toBe(401);
    const fresh = { authorization: `Bearer ${regenerated.body.secret.value}` };
    expect((await kit.anonymous.get('/people/me', fresh)).body.id).toBe(app.bot.personId);
  });
});

describe('F64: Application Transfer', () => {
  it('gives a bot to another employee; the token stays, all is audited, both are told', async () => {
    const [from, to] = [await kit.addPerson({ name: 'From' }), await kit.addPerson({ name: 'To' })];
    const { app, as, page } = await makeBot(from);
    const moved = await hub.post(`${TRANSFER}/${app.id}`, { toPersonId: to.wireId });
    expect(moved.status).toBe(200);
    expect(moved.body).toMatchObject({ app: { owner: { id: to.wireId, displayName: 'To' } } });
    expect(moved.body).not.toHaveProperty('secret');
    expect((await as('GET', '/people/me')).status).toBe(200);
    expect((await page.get(`/portal/api/apps/${app.id}`)).status).toBe(404);
    const newPage = await kit.page(to, 'portal');
    expect((await newPage.get('/portal/api/apps')).body.items).toMatchObject([{ id: app.id }]);
    expect((await newPage.post(`/portal/api/apps/${app.id}/token`)).status).toBe(200);
    const audited = (await kit.events()).filter(({ data }) => data.category === 'APP_TRANSFERRED');
    expect(audited.at(-1)).toMatchObject({
      actor_id: admin.id,
      data: { target: { type: 'bot', id: app.id }, actionText: expect.stringContaining('from From to To') },
    });
    const { rows } = await kit.world.store.pool.query(
      "select kind, to_email from mail_outbox where kind like 'app_%' order by kind",
    );
    expect(rows).toEqual([
      { kind: 'app_given_away', to_email: from.email },
      { kind: 'app_received', to_email: to.email },
    ]);
    const again = await hub.post(`${TRANSFER}/${app.id}`, { toPersonId: to.wireId });
    expect([again.status, again.body.message]).toEqual([400, expect.stringMatching(/^toPersonId:/)]);
  });

  it('makes the credentials anew where that is asked for', async () => {
    const [from, to] = [await kit.addPerson(), await kit.addPerson()];
    const { app, as } = await makeBot(from);
    const moved = await hub.post(`${TRANSFER}/${app.id}`, { toPersonId: to.wireId, rotate: true });
    expect(moved.body.secret.kind).toBe('bot_token');
    expect((await as('GET', '/people/me')).status).toBe(401);
    const integration = await makeIntegration(from);
    const given = await hub.post(`${TRANSFER}/${integration.id}`, { toPersonId: to.wireId, rotate: true });
    expect(given.body.secret.kind).toBe('client_secret');
  });

  it('finds apps by owner, id, client id and name, page by page', async () => {
    const owner = await kit.addPerson({ name: 'Finder' });
    const app = await makeIntegration(owner, 'Needle');
    const other = await makeIntegration(owner, 'Hay');
    const ids = async (query: string) =>
      (await hub.get(`${TRANSFER}?${query}`)).body.items.map(({ id }: { id: string }) => id);
    for (const query of [
      `id=${app.id}`,
      `id=${app.applicationId}`,
      `clientId=${app.clientId}`,
      'name=needl',
      `ownerEmail=${owner.email.toUpperCase()}&name=Needle`,
      `personId=${owner.wireId}&name=Needle`,
    ])
      expect(await ids(query), query).toEqual([app.id]);
    const first = await hub.get(`${TRANSFER}?personId=${owner.wireId}&max=1`);
    expect(first.body.items[0].id).toBe(other.id);
    const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')![1]!.replace(kit.baseUrl, '');
    expect((await hub.get(next)).body.items[0].id).toBe(app.id);
    const all: string[] = [];
    let path: string | undefined = `${TRANSFER}?max=2`;
    while (path) {
      const page = await hub.get(path);
      all.push(...page.body.items.map(({ id }: { id: string }) => id));
      path = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1]?.replace(kit.baseUrl, '');
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength((await hub.get(TRANSFER)).body.items.length);
    expect((await hub.get(`${TRANSFER}?cursor=nonsense`)).status).toBe(400);
  });
});

describe('F65: who may not', () => {
  it('refuses people without the role and targets of elsewhere', async () => {
    const owner = await kit.addPerson({ name: 'Owner' });
    const app = await makeIntegration(owner);
    const org = await kit.addOrg('Other');
    const outsider = await kit.addPerson({ org });
    const inactive = await kit.addPerson();
    await kit.world.store.pool.query('update person set login_enabled = false where id = $1', [inactive.id]);
    const bot = await kit.addBot();
    for (const target of [outsider, inactive, bot]) {
      const refused = await hub.post(`${TRANSFER}/${app.id}`, { toPersonId: target.wireId });
      expect([refused.status, refused.body.message]).toEqual([400, expect.stringMatching(/^toPersonId:/)]);
    }
    const target = await kit.addPerson();
    for (const person of [owner, await kit.addPerson({ roles: ['user_admin'] })]) {
      const page = await kit.page(person, 'hub');
      expect((await page.post(`${TRANSFER}/${app.id}`, { toPersonId: target.wireId })).status).toBe(403);
      expect((await page.get(TRANSFER)).status).toBe(403);
    }
    const stranger = await kit.page(await kit.addPerson({ org, roles: ['full_admin'] }), 'hub');
    expect((await stranger.post(`${TRANSFER}/${app.id}`, { toPersonId: outsider.wireId })).status).toBe(404);
    expect((await stranger.get(TRANSFER)).body.items).toEqual([]);
    expect((await hub.get(`/portal/api/apps/${app.id}`)).body.owner.id).toBe(owner.wireId);
  });
});
