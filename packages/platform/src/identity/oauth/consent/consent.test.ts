import { addOrganization } from '@moothall/platform';
import {
  type ApiClient,
  addClient,
  answerOf,
  CALLBACK,
  queryOf,
  redeem,
  startTestPlatform,
  type TestClient,
  type TestPerson,
  type TestPlatform,
  tokensOf,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let client: TestClient;
let ada: TestPerson;
let page: ApiClient;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  client = await addClient(kit);
  ada = await kit.addPerson();
  page = await kit.page(ada);
});
afterAll(() => kit.close());

const show = (who: ApiClient, query: string) => who.get(`/idb/api/authorization-requests?${query}`);
const decide = (who: ApiClient, query: string, approved = true) =>
  who.post('/idb/api/authorization-requests/decision', { query, approved });

describe('the consent page', () => {
  it('names the app, its owner, where the browser goes, and each scope in plain words (F54)', async () => {
    const { status, body } = await show(page, queryOf(client, { login_hint: 'ada@acme.test' }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      client: { clientId: client.clientId, name: 'CRM', organizationName: 'Acme' },
      redirectHost: 'crm.test',
      isFirstConsent: true,
      loginHint: 'ada@acme.test',
      mustSignIn: false,
      lackingRoles: [],
      prompts: [],
    });
    expect(body.scopes).toEqual([
      { scope: 'spark:people_read', area: 'People', text: expect.stringMatching(/directory/), isNew: false },
      { scope: 'spark:rooms_read', area: 'Spaces', text: expect.stringMatching(/spaces/), isNew: false },
    ]);
  });

  it('gives a code to who agrees, and none to who declines; state comes back unchanged (F54)', async () => {
    const query = queryOf(client, { state: 'ä &=+%' });
    const agreed = await decide(page, query);
    expect(agreed.status).toBe(200);
    const { code, state } = answerOf(agreed.body.redirectUrl);
    expect(agreed.body.redirectUrl.startsWith(`${CALLBACK}?`)).toBe(true);
    expect(state).toBe('ä &=+%');
    expect((await redeem(kit, client, code!)).status).toBe(200);
    const declined = await decide(page, query, false);
    expect(answerOf(declined.body.redirectUrl)).toMatchObject({ error: 'access_denied', state: 'ä &=+%' });
    expect(answerOf(declined.body.redirectUrl)).not.toHaveProperty('code');
  });

  it('marks scopes that the last consent did not have; the new token has them (F58, F60)', async () => {
    const growing = await addClient(kit, { scopes: ['spark:people_read'] });
    await tokensOf(kit, growing, ada);
    await kit.world.store.pool.query('update app set scopes = $2 where id = $1', [
      growing.appId,
      ['spark:people_read', 'spark:teams_read'],
    ]);
    const { body } = await show(page, queryOf(growing));
    expect(body.isFirstConsent).toBe(false);
    expect(body.scopes.map(({ scope, isNew }: { scope: string; isNew: boolean }) => [scope, isNew])).toEqual([
      ['spark:people_read', false],
      ['spark:teams_read', true],
    ]);
    const { code } = answerOf((await decide(page, queryOf(growing))).body.redirectUrl);
    expect((await redeem(kit, growing, code!)).body.scope).toBe('spark:people_read spark:teams_read');
  });

  it('names the role that a scope of administrators needs, and takes no consent without it', async () => {
    const admin = await addClient(kit, {
      scopes: ['spark-admin:people_write', 'spark-compliance:rooms_read'],
    });
    const { body } = await show(page, queryOf(admin));
    expect(body.lackingRoles).toEqual([
      { scope: 'spark-admin:people_write', roles: ['full_admin', 'user_admin'] },
      { scope: 'spark-compliance:rooms_read', roles: ['compliance_officer'] },
    ]);
    expect((await decide(page, queryOf(admin))).status).toBe(403);
    const boss = await kit.page(await kit.addPerson({ roles: ['user_admin', 'compliance_officer'] }));
    expect((await show(boss, queryOf(admin))).body.lackingRoles).toEqual([]);
    expect((await decide(boss, queryOf(admin))).status).toBe(200);
  });

  it('refuses people of a government organisation, and their tokens end to be renewed (F50)', async () => {
    const gov = await kit.world.store.tx((tx) =>
      addOrganization(kit.world, tx, { displayName: 'Gov', profile: 'gov' }),
    );
    const gus = await kit.page(await kit.addPerson({ org: gov }));
    expect((await show(gus, queryOf(client))).body.barrier).toBe('gov');
    const refused = await decide(gus, queryOf(client));
    expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('government')]);
    expect((await decide(gus, queryOf(client), false)).status).toBe(200);
  });

  it('asks for a younger sign-in where the request does', async () => {
    const asked = (await kit.anonymous.get(`/v1/authorize?${queryOf(client, { prompt: 'login' })}`)).headers
      .get('location')!
      .split('?')[1]!;
    expect((await show(page, asked)).body).toMatchObject({ mustSignIn: true, prompts: ['login'] });
    expect((await decide(page, asked)).status).toBe(403);
    const fresh = await kit.page(ada);
    expect((await show(fresh, asked)).body.mustSignIn).toBe(false);
    expect((await decide(fresh, asked)).status).toBe(200);
    kit.world.clock.advance(61_000);
    expect((await show(fresh, queryOf(client, { max_age: '60' }))).body.mustSignIn).toBe(true);
    expect((await decide(fresh, queryOf(client, { max_age: '60' }))).status).toBe(403);
    expect((await decide(fresh, queryOf(client, { max_age: '600' }))).status).toBe(200);
  });

  it.each([
    ['another redirect', { redirect_uri: 'https://evil.test/cb' }],
    ['an unknown client', { client_id: 'Cnone' }],
    ['a wider scope', { scope: 'spark:all' }],
    ['another response type', { response_type: 'token' }],
    ['100 kB of scopes', { scope: 'spark:x '.repeat(12_500) }],
    ['a NUL', { state: 'a\0b' }],
  ])('checks everything again: %s', async (_name, more) => {
    expect((await decide(page, queryOf(client, more))).status).toBe(400);
    expect((await decide(page, queryOf(client, more), false)).status).toBe(400);
  });

  it('refuses what comes twice or is no text', async () => {
    expect((await decide(page, `${queryOf(client)}&state=b`)).status).toBe(400);
    expect((await decide(page, '')).status).toBe(400);
    const wrong = { query: { client_id: client.clientId }, approved: 'yes' };
    expect((await page.post('/idb/api/authorization-requests/decision', wrong)).status).toBe(400);
  });

  it('decides for nobody but who is signed in, from our own page', async () => {
    const query = queryOf(client);
    expect((await show(kit.anonymous, query)).status).toBe(401);
    expect((await decide(kit.anonymous, query)).status).toBe(401);
    expect((await decide(ada.api, query)).status).toBe(401);
    const body = { query, approved: true };
    const path = '/idb/api/authorization-requests/decision';
    expect((await page.post(path, body, { 'x-csrf-token': 'x' })).status).toBe(403);
    expect((await page.post(path, body, { origin: 'https://evil.test' })).status).toBe(403);
    expect((await page.post(path, new URLSearchParams({ query, approved: 'true' }))).status).toBe(403);
  });
});
