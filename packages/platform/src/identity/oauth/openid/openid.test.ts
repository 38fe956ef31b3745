import { createHash } from 'node:crypto';
import {
  addClient,
  answerOf,
  apiClient,
  CALLBACK,
  codeOf,
  fillTokens,
  queryOf,
  redeem,
  refresh,
  startTestPlatform,
  type TestClient,
  type TestPerson,
  type TestPlatform,
  tokensOf,
} from '@moothall/testkit';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let client: TestClient;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  client = await addClient(kit);
  ada = await kit.addPerson();
});
afterAll(() => kit.close());
beforeEach(() => {
  kit.world.config.behaviour = 'cloud';
});

const keys = () => createRemoteJWKSet(new URL(`${kit.baseUrl}/idb/oauth2/v2/keys/verification`));
const claims = async (idToken: string) => {
  const expected = { issuer: kit.baseUrl, audience: client.clientId, currentDate: kit.world.clock.now() };
  return (await jwtVerify(idToken, keys(), expected)).payload;
};
const halfHash = (text: string) =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

async function decided(more: Record<string, string>) {
  const page = await kit.page(ada);
  const body = { query: queryOf(client, more), approved: true };
  return page.post('/idb/api/authorization-requests/decision', body);
}

describe('OpenID Connect in cloud', () => {
  it('tells who signed in, signed, with nonce and at_hash', async () => {
    const tokens = await tokensOf(kit, client, ada, { scope: 'openid email profile', nonce: 'n-1' });
    expect(tokens.scope).toBe('openid email profile');
    const told = await claims(tokens.id_token);
    expect(told).toMatchObject({
      sub: ada.id,
      email: ada.email,
      email_verified: true,
      name: ada.displayName,
      nonce: 'n-1',
      acr: expect.any(String),
      auth_time: expect.any(Number),
      at_hash: halfHash(tokens.access_token),
    });
    expect(told.exp! - told.iat!).toBe(3600);
  });

  it('tells no more than was agreed to, and nothing without openid', async () => {
    const told = await claims((await tokensOf(kit, client, ada, { scope: 'openid' })).id_token);
    for (const name of ['email', 'name', 'nonce']) expect(told).not.toHaveProperty(name);
    expect(await tokensOf(kit, client, ada)).not.toHaveProperty('id_token');
  });

  it('answers /userinfo by scope', async () => {
    const { access_token } = await tokensOf(kit, client, ada, { scope: 'openid email' });
    const api = apiClient(kit.baseUrl, access_token);
    const expected = { sub: ada.id, email: ada.email, email_verified: true };
    expect((await api.get('/userinfo')).body).toEqual(expected);
    expect((await api.post('/userinfo')).body).toEqual(expected);
    expect((await api.get('/idb/oauth2/v1/userinfo')).body).toEqual(expected);
    const plain = await tokensOf(kit, client, ada);
    expect((await apiClient(kit.baseUrl, plain.access_token).get('/userinfo')).status).toBe(403);
    kit.world.config.behaviour = 'faq';
    expect((await api.get('/userinfo')).status).toBe(404);
  });

  it('names who answers, to its own clients only', async () => {
    const openid = answerOf((await decided({ scope: 'openid' })).body.redirectUrl);
    expect(openid).toMatchObject({ code: expect.any(String), iss: kit.baseUrl });
    expect(answerOf((await decided({})).body.redirectUrl)).not.toHaveProperty('iss');
  });

  it('ends with the behaviour: a refresh in faq drops its scopes', async () => {
    const { refresh_token } = await tokensOf(kit, client, ada, { scope: 'openid spark:people_read' });
    kit.world.config.behaviour = 'faq';
    expect((await refresh(kit, client, refresh_token)).body.scope).toBe('spark:people_read');
  });

  it('gives no id_token in faq, even for a code of cloud', async () => {
    const code = await codeOf(kit, client, ada, { scope: 'openid' });
    kit.world.config.behaviour = 'faq';
    expect((await redeem(kit, client, code)).body).not.toHaveProperty('id_token');
  });
});

describe('tokens by redirect in cloud', () => {
  it('come in the fragment, without a refresh token', async () => {
    const { redirectUrl } = (await decided({ response_type: 'token', scope: 'spark:people_read' })).body;
    expect(redirectUrl.startsWith(`${CALLBACK}#access_token=`)).toBe(true);
    const answer = answerOf(redirectUrl);
    expect(answer).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: '1209600',
      scope: 'spark:people_read',
      state: 'a state',
    });
    const me = await apiClient(kit.baseUrl, answer.access_token).get('/people/me');
    expect(me.body.emails).toEqual([ada.email]);
  });

  it('may be an id_token, alone or with an access token', async () => {
    const asked = { scope: 'openid email', nonce: 'n-2' };
    const alone = answerOf((await decided({ ...asked, response_type: 'id_token' })).body.redirectUrl);
    expect(Object.keys(alone).sort()).toEqual(['id_token', 'state']);
    expect(await claims(alone.id_token!)).toMatchObject({ nonce: 'n-2', email: ada.email });
    const both = answerOf((await decided({ ...asked, response_type: 'token id_token' })).body.redirectUrl);
    expect(await claims(both.id_token!)).toMatchObject({ at_hash: halfHash(both.access_token!) });
  });

  it.each([
    [{ response_type: 'id_token', scope: 'openid' }, 'invalid_request'],
    [{ response_type: 'id_token', scope: 'email', nonce: 'n' }, 'invalid_scope'],
    [{ response_type: 'code token' }, 'unsupported_response_type'],
    [{ response_type: 'token', scope: 'spark:all' }, 'invalid_scope'],
    [{ response_type: 'token', prompt: 'none' }, 'login_required'],
  ])('tell the app what is wrong with %j where it looks for tokens', async (more, error) => {
    const reply = await kit.anonymous.get(`/v1/authorize?${queryOf(client, more)}`);
    const location = reply.headers.get('location')!;
    expect(answerOf(location)).toMatchObject({ error, state: 'a state' });
    expect(location.startsWith(`${CALLBACK}#`)).toBe(true);
  });

  it('meet the limit of tokens on the page (F66)', async () => {
    const full = await kit.addPerson();
    await fillTokens(kit, full, 750);
    const body = { query: queryOf(client, { response_type: 'token' }), approved: true };
    const reply = await (await kit.page(full)).post('/idb/api/authorization-requests/decision', body);
    expect([reply.status, reply.body.message]).toEqual([400, 'tokenlimit_reached']);
  });
});
