import { addApp, mintToken, newClientId, openGrant } from '@moothall/platform';
import {
  type ApiClient,
  apiClient,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockLiveGrant } from '../grants/index.ts';

let kit: TestPlatform;
let clientId: string;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false, limits: { 'token.active_per_account': 8 } });
  clientId = newClientId(kit.world.random);
  const app = {
    kind: 'integration' as const,
    name: 'CRM sync',
    orgId: kit.orgId,
    ownerId: undefined,
    clientId,
  };
  await kit.world.store.tx((tx) => addApp(kit.world, tx, { ...app, config: {} }));
});
afterAll(() => kit.close());

/** An integration that a person allowed, with some access tokens. */
async function allow(person: TestPerson, tokens: number) {
  const { world } = kit;
  const who = { personId: person.id, orgId: person.orgId };
  return world.store.tx(async (tx) => {
    const grant = await openGrant(world, tx, { ...who, clientId, scopes: ['spark:all'] });
    const texts: string[] = [];
    for (let count = 0; count < tokens; count++) {
      const request = {
        ...who,
        appId: clientId,
        grantId: grant.grantId,
        scopes: ['spark:all'],
        lifetimeSeconds: 60,
      };
      texts.push((await mintToken(world, tx, request)).token);
    }
    return { ...grant, texts };
  });
}

const list = async (page: ApiClient, query = '') => (await page.get(`/idb/api/me/sessions${query}`)).body;
const end = (page: ApiClient, id: string) => page.delete(`/idb/api/me/sessions/${id}`);
const works = async (text: string) => (await apiClient(kit.baseUrl, text).get('/people/me')).status;
const refreshes = (text: string) =>
  kit.world.store.tx(async (tx) => (await lockLiveGrant(kit.world, tx, text)) !== undefined);

describe('the list of sessions', () => {
  it('names browsers, sites and tokens, and which is current', async () => {
    const ada = await kit.addPerson({ name: 'Ada' });
    const page = await kit.page(ada, 'portal');
    await allow(ada, 1);
    await page.get('/idb/api/session', { 'user-agent': 'Test' });
    const { items, count, limit } = await list(page);
    expect([count, limit]).toEqual([3, 8]);
    const named = items.map(({ kind, clientName, current }: Record<string, unknown>) => ({
      kind,
      clientName,
      current,
    }));
    expect(named).toHaveLength(4);
    expect(named).toEqual(
      expect.arrayContaining([
        { kind: 'integration', clientName: 'CRM sync', current: false },
        { kind: 'site', clientName: 'Developer Portal', current: true },
        { kind: 'browser', clientName: 'A browser', current: true },
        { kind: 'personal', clientName: 'Personal access token', current: false },
      ]),
    );
    expect(JSON.stringify(items)).not.toContain(ada.token);
  });

  it('is paged by a cursor, each entry once, newest first', async () => {
    const ada = await kit.addPerson();
    const page = await kit.page(ada);
    await allow(ada, 6);
    const all = (await list(page)).items.map(({ id }: { id: string }) => id);
    const seen: string[] = [];
    let path: string | undefined = '/idb/api/me/sessions?max=3';
    while (path) {
      const reply = await page.get(path);
      expect(reply.body.items.length).toBeLessThanOrEqual(3);
      seen.push(...reply.body.items.map(({ id }: { id: string }) => id));
      path = /<http:\/\/[^/]+([^>]+)>/.exec(reply.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(8);
    for (const query of ['?cursor=x', '?max=0', `?cursor=${Buffer.from('|').toString('base64url')}`])
      expect((await page.get(`/idb/api/me/sessions${query}`)).status).toBe(400);
  });

  it('tells when a token was used, at most once a minute of the clock', async () => {
    kit.world.clock.freeze();
    const ada = await kit.addPerson();
    const page = await kit.page(ada);
    const used = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const { items } = await list(page);
      return items.find(({ kind }: { kind: string }) => kind === 'personal').lastUsed;
    };
    expect(await used()).toBeUndefined();
    await ada.api.get('/people/me');
    const first = await used();
    expect(first).toBe(kit.world.clock.now().toISOString());
    kit.world.clock.advance(59_999);
    await ada.api.get('/people/me');
    expect(await used()).toBe(first);
    kit.world.clock.advance(1);
    await ada.api.get('/people/me');
    expect(await used()).toBe(kit.world.clock.now().toISOString());
    kit.world.clock.resume();
  });
});

describe('END SESSION (F21)', () => {
  it('at the limit frees exactly one slot, at once, with the refresh token (F18)', async () => {
    const ada = await kit.addPerson();
    const page = await kit.page(ada);
    const { texts, refreshToken } = await allow(ada, 7);
    await expect(kit.mint(ada, [])).rejects.toMatchObject({ code: 'token.limit_reached' });
    expect(await works(texts[0]!)).toBe(200);
    const { items, count } = await list(page);
    expect(count).toBe(8);
    const one = items.filter(({ kind }: { kind: string }) => kind === 'integration').at(-1);
    expect((await end(page, one.id)).status).toBe(204);
    expect((await list(page)).count).toBe(7);
    const statuses = await Promise.all(texts.map(works));
    expect(statuses.filter((status) => status === 401)).toHaveLength(1);
    expect(await refreshes(refreshToken)).toBe(false);
    await kit.mint(ada, []);
    await expect(kit.mint(ada, [])).rejects.toMatchObject({ code: 'token.limit_reached' });
  });

  it('of a browser takes the sites along that it has entered', async () => {
    const ada = await kit.addPerson();
    const other = await kit.page(ada, 'portal');
    const page = await kit.page(ada);
    const { items } = await list(page);
    const browser = items.find(
      ({ kind, current }: Record<string, unknown>) => kind === 'browser' && !current,
    );
    expect((await end(page, browser.id)).status).toBe(204);
    expect((await other.get('/idb/api/session')).status).toBe(401);
    expect((await list(page)).count).toBe(1);
    expect((await page.get('/idb/api/session')).status).toBe(200);
  });

  it('of a site leaves the browser signed in, which may enter again', async () => {
    const ada = await kit.addPerson();
    const page = await kit.page(ada, 'portal');
    const site = (await list(page)).items.find(({ kind }: { kind: string }) => kind === 'site');
    expect((await end(page, site.id)).status).toBe(204);
    expect((await page.get('/portal/api/personal-token')).status).toBe(401);
    expect((await page.post('/idb/api/sites', { site: 'portal' })).body.sites).toEqual(['portal']);
    expect((await page.get('/portal/api/personal-token')).status).toBe(200);
  });

  it('ends nobody else’s, nothing twice, and nothing that is none', async () => {
    const [ada, eve] = [await kit.addPerson(), await kit.addPerson()];
    const [page, others] = [await kit.page(ada), await kit.page(eve)];
    const foreign = (await list(others)).items as { id: string }[];
    for (const { id } of foreign) expect((await end(page, id)).status).toBe(404);
    expect((await list(others)).items).toHaveLength(foreign.length);
    const mine = (await list(page)).items.find(({ kind }: { kind: string }) => kind === 'personal');
    const both = await Promise.all([end(page, mine.id), end(page, mine.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect((await end(page, '00000000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await end(page, 'x')).status).toBe(400);
  });

  it('of all others leaves the browser that asks, and its sites', async () => {
    const ada = await kit.addPerson();
    const other = await kit.page(ada, 'portal');
    const page = await kit.page(ada, 'portal');
    const { refreshToken } = await allow(ada, 2);
    const reply = await page.post('/idb/api/me/sessions/end-others');
    expect(reply.body).toEqual({ ended: 5, count: 1, limit: 8 });
    expect((await other.get('/idb/api/session')).status).toBe(401);
    expect((await ada.api.get('/people/me')).status).toBe(401);
    expect(await refreshes(refreshToken)).toBe(false);
    expect((await list(page)).items).toHaveLength(2);
    expect((await page.post('/idb/api/me/sessions/end-others')).body.ended).toBe(0);
  });
});

describe('apps that I allowed', () => {
  it('are listed once each, and taken back with all their tokens (F33)', async () => {
    const ada = await kit.addPerson();
    const page = await kit.page(ada);
    const { texts } = await allow(ada, 2);
    const again = await allow(ada, 1);
    const { items } = (await page.get('/idb/api/me/grants')).body;
    expect(items).toMatchObject([
      { clientId, clientName: 'CRM sync', scopes: ['spark:all'], activeTokens: 3 },
    ]);
    expect((await page.delete(`/idb/api/me/grants/${clientId}`)).status).toBe(204);
    for (const text of [...texts, ...again.texts]) expect(await works(text)).toBe(401);
    expect(await refreshes(again.refreshToken)).toBe(false);
    expect((await page.get('/idb/api/me/grants')).body.items).toEqual([]);
    expect((await page.delete(`/idb/api/me/grants/${clientId}`)).status).toBe(404);
    expect((await ada.api.get('/people/me')).status).toBe(200);
  });
});
