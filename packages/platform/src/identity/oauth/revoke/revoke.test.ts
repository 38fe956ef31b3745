import {
  addClient,
  apiClient,
  postForm,
  refresh,
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
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  client = await addClient(kit);
  ada = await kit.addPerson();
});
afterAll(() => kit.close());

const status = async (token: string) => (await apiClient(kit.baseUrl, token).get('/people/me')).status;
const revoke = (by: TestClient, fields: Record<string, string>, path = '/revoke') =>
  postForm(kit, by, fields, path);

describe('the revocation endpoint', () => {
  it('ends one access token, and nothing beside it', async () => {
    const { access_token, refresh_token } = await tokensOf(kit, client, ada);
    const other = (await refresh(kit, client, refresh_token)).body.access_token;
    expect((await revoke(client, { token: access_token, token_type_hint: 'access_token' })).status).toBe(200);
    expect([await status(access_token), await status(other)]).toEqual([401, 200]);
    expect((await revoke(client, { token: access_token })).status).toBe(200);
  });

  it('ends a refresh token with everything that it gave', async () => {
    const { access_token, refresh_token } = await tokensOf(kit, client, ada);
    expect((await revoke(client, { token: refresh_token }, '/idb/oauth2/v1/revoke')).status).toBe(200);
    expect(await status(access_token)).toBe(401);
    expect((await refresh(kit, client, refresh_token)).body.error).toBe('invalid_grant');
  });

  it('takes the form of the official SDK: the token, and the client by Basic', async () => {
    const { access_token } = await tokensOf(kit, client, ada);
    const basic = Buffer.from(`${client.clientId}:${client.secret}`).toString('base64');
    const form = new URLSearchParams({ token: access_token, self_contained_token: 'true' });
    const reply = await kit.anonymous.post('/idb/oauth2/v1/revoke', form, {
      authorization: `Basic ${basic}`,
    });
    expect([reply.status, reply.body]).toEqual([200, {}]);
    expect(await status(access_token)).toBe(401);
  });

  it("leaves tokens of others alone, another client's and a person's own", async () => {
    const other = await addClient(kit);
    const { access_token, refresh_token } = await tokensOf(kit, client, ada);
    for (const token of [access_token, refresh_token, ada.token]) {
      const reply = await revoke(other, { token });
      expect([reply.status, reply.body.error]).toEqual([400, 'unauthorized_client']);
    }
    expect([await status(access_token), await status(ada.token)]).toEqual([200, 200]);
  });

  it('asks who calls and what is meant; an unknown token is as good as revoked', async () => {
    const stranger = { ...client, secret: 'wrong' };
    expect((await revoke(stranger, { token: 'x' })).body.error).toBe('invalid_client');
    expect((await revoke(client, {})).body.error).toBe('invalid_request');
    expect((await revoke(client, { token: 'x' })).status).toBe(200);
    expect((await kit.anonymous.get('/v1/revoke')).status).toBe(405);
  });
});
