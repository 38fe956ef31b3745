import {
  type AnyBody,
  type ApiClient,
  addClient,
  apiClient,
  postForm,
  refresh,
  startTestPlatform,
  type TestClient,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
let kit: TestPlatform;
let client: TestClient;
let ada: TestPerson;
let page: ApiClient;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  kit.world.clock.freeze();
  client = await addClient(kit);
  ada = await kit.addPerson();
  page = await kit.page(ada);
});
afterAll(() => kit.close());
beforeEach(() => {
  kit.world.config.behaviour = 'cloud';
});

const begin = (fields: Record<string, string> = {}) =>
  kit.anonymous.post(
    '/device/authorize',
    new URLSearchParams({ client_id: client.clientId, scope: 'spark:people_read', ...fields }),
  );
const ask = ({ device_code }: AnyBody, by = client) =>
  postForm(kit, by, { grant_type: GRANT, device_code }, '/device/token');
const show = (userCode: string, who = page) =>
  who.get(`/idb/api/device-authorizations?${new URLSearchParams({ userCode })}`);
const decide = (userCode: string, approved = true, who = page) =>
  who.post('/idb/api/device-authorizations/decision', { userCode, approved });

describe('the device grant in cloud', () => {
  it('gives tokens once a person agrees, and tells until then to wait', async () => {
    const { status, body } = await begin();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      user_code: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
      verification_uri: `${kit.baseUrl}/account/device`,
      expires_in: 300,
      interval: 2,
    });
    const pending = await ask(body);
    expect([pending.status, pending.body.error]).toEqual([428, 'authorization_pending']);
    const hasty = await ask(body);
    expect([hasty.status, hasty.body.error]).toEqual([400, 'slow_down']);
    kit.world.clock.advance(2000);
    expect((await ask(body)).body.error).toBe('authorization_pending');

    const typed = body.user_code.toLowerCase().replace('-', ' ');
    expect((await show(typed)).body).toMatchObject({
      client: { name: 'CRM' },
      scopes: [{ scope: 'spark:people_read' }],
    });
    expect((await decide(typed)).status).toBe(204);
    const tokens = await ask(body);
    expect(tokens.status).toBe(200);
    const me = await apiClient(kit.baseUrl, tokens.body.access_token).get('/people/me');
    expect(me.body.emails).toEqual([ada.email]);
    expect((await refresh(kit, client, tokens.body.refresh_token)).status).toBe(200);
    expect((await ask(body)).body.error).toBe('invalid_grant');
  });

  it('is redeemed by one of many at once', async () => {
    const { body } = await begin();
    await decide(body.user_code);
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask(body)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('ends where the person declines, the time is over, or another client asks', async () => {
    const declined = (await begin()).body;
    expect((await decide(declined.user_code, false)).status).toBe(204);
    expect((await ask(declined)).body.error).toBe('access_denied');
    expect((await decide(declined.user_code)).status).toBe(404);

    const late = (await begin()).body;
    expect((await ask(late, await addClient(kit))).body.error).toBe('invalid_grant');
    kit.world.clock.advance(300_000);
    expect((await ask(late)).body.error).toBe('expired_token');
    expect((await show(late.user_code)).status).toBe(404);
    expect((await decide(late.user_code)).status).toBe(404);
  });

  it('keeps to the rules of a consent', async () => {
    const admin = await addClient(kit, { scopes: ['spark-admin:people_write'] });
    const { body } = await begin({ client_id: admin.clientId, scope: '' });
    expect((await show(body.user_code)).body.lackingRoles).toHaveLength(1);
    expect((await decide(body.user_code)).status).toBe(403);
    expect((await decide(body.user_code, true, kit.anonymous)).status).toBe(401);
  });

  it.each([
    [{ client_id: 'Cnone' }, 'invalid_client'],
    [{ scope: 'spark:all' }, 'invalid_scope'],
  ])('refuses %j', async (fields, error) => {
    const reply = await begin(fields);
    expect([reply.status, reply.body.error]).toEqual([400, error]);
  });

  it('is refused in faq, and what was begun before ends (F70)', async () => {
    const { body } = await begin();
    await decide(body.user_code);
    kit.world.config.behaviour = 'faq';
    expect((await begin()).body.error).toBe('unsupported_grant_type');
    expect((await ask(body)).body.error).toBe('unsupported_grant_type');
  });
});
