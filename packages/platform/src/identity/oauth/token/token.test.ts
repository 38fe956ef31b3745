import { createHash, randomBytes } from 'node:crypto';
import { revokeTokens } from '@moothall/platform';
import {
  addClient,
  apiClient,
  CALLBACK,
  codeOf,
  fillTokens,
  postForm,
  redeem,
  refresh,
  startTestPlatform,
  type TestClient,
  type TestPerson,
  type TestPlatform,
  tokensOf,
} from '@moothall/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const DAY = 86_400_000;
let kit: TestPlatform;
let client: TestClient;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  client = await addClient(kit);
  ada = await kit.addPerson();
});
afterAll(() => kit.close());
afterEach(() => kit.world.clock.resume());

const me = (token: string) => apiClient(kit.baseUrl, token).get('/people/me');
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

describe('the token endpoint', () => {
  it('gives tokens for a code in the documented form (F19)', async () => {
    kit.world.clock.freeze();
    const code = await codeOf(kit, client, ada);
    expect(code).toMatch(new RegExp(`^[0-9a-f]+_[A-Z0-9]+_${ada.orgId}$`));
    const reply = await redeem(kit, client, code, { self_contained_token: 'true', user_info: 'x' });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.headers.get('pragma')).toBe('no-cache');
    expect(reply.body).toEqual({
      access_token: expect.stringMatching(/^[^_]+_[^_]+_[^_]+$/),
      token_type: 'Bearer',
      expires_in: 1_209_600,
      refresh_token: expect.any(String),
      refresh_token_expires_in: 7_776_000,
      scope: 'spark:people_read spark:rooms_read',
    });
    expect((await me(reply.body.access_token)).body.emails).toEqual([ada.email]);
  });

  it('ends an access token after 14 days, not a second earlier (F19)', async () => {
    kit.world.clock.freeze();
    const { access_token } = await tokensOf(kit, client, ada);
    kit.world.clock.advance(14 * DAY - 1000);
    expect((await me(access_token)).status).toBe(200);
    kit.world.clock.advance(1000);
    expect((await me(access_token)).status).toBe(401);
  });

  it.each([
    ['JSON', (fields: Record<string, string>) => kit.anonymous.post('/access_token', fields)],
    [
      'the alias',
      (fields: Record<string, string>) =>
        kit.anonymous.post('/idb/oauth2/v1/access_token', new URLSearchParams(fields)),
    ],
    [
      'Basic',
      ({ client_id, client_secret, ...fields }: Record<string, string>) =>
        kit.anonymous.post('/access_token', new URLSearchParams(fields), basic(client_id!, client_secret!)),
    ],
    [
      'Basic and the same in the body',
      (fields: Record<string, string>) =>
        kit.anonymous.post(
          '/access_token',
          new URLSearchParams(fields),
          basic(fields.client_id!, fields.client_secret!),
        ),
    ],
  ])('takes %s', async (_name, send) => {
    const code = await codeOf(kit, client, ada);
    const reply = await send({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      client_id: client.clientId,
      client_secret: client.secret,
    });
    expect(reply.status).toBe(200);
  });

  it.each(['password', 'client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'implicit', 'x'])(
    'refuses the grant type %s: no first token without a browser (F55)',
    async (grant_type) => {
      const reply = await postForm(kit, client, { grant_type, username: ada.email, password: 'secret' });
      expect(reply.status).toBe(400);
      expect(reply.body).toMatchObject({
        error: 'unsupported_grant_type',
        error_description: expect.stringContaining('authorization_code'),
        message: expect.any(String),
        errors: [{ description: expect.any(String) }],
        trackingId: expect.any(String),
      });
    },
  );

  it('says which client it does not know, with a challenge only to Basic', async () => {
    const fields = { grant_type: 'refresh_token', refresh_token: 'x' };
    for (const wrong of [
      { clientId: client.clientId, secret: 'wrong' },
      { clientId: client.clientId, secret: '' },
      { clientId: 'Cnone', secret: client.secret },
    ]) {
      const byBody = await postForm(kit, wrong, fields);
      expect([byBody.status, byBody.body.error]).toEqual([400, 'invalid_client']);
      expect(byBody.headers.get('www-authenticate')).toBeNull();
      const form = new URLSearchParams(fields);
      const byHeader = await kit.anonymous.post('/access_token', form, basic(wrong.clientId, wrong.secret));
      expect([byHeader.status, byHeader.body.error]).toEqual([401, 'invalid_client']);
      expect(byHeader.headers.get('www-authenticate')).toMatch(/^Basic /);
    }
    const broken = await kit.anonymous.post('/access_token', new URLSearchParams(fields), {
      authorization: 'Basic !!!',
    });
    expect([broken.status, broken.body.error]).toEqual([401, 'invalid_client']);
  });

  it('refuses credentials that disagree', async () => {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: 'x',
      client_id: 'Cother',
    });
    const reply = await kit.anonymous.post('/access_token', form, basic(client.clientId, client.secret));
    expect([reply.status, reply.body.error]).toEqual([400, 'invalid_request']);
  });

  it.each([
    ['grant_type=refresh_token&grant_type=refresh_token', 400, 'invalid_request'],
    ['grant_type=', 400, 'invalid_request'],
    ['', 400, 'invalid_request'],
    ['grant_type=__proto__', 400, 'unsupported_grant_type'],
    ['grant_type=authorization_code', 400, 'invalid_request'],
    ['grant_type=refresh_token', 400, 'invalid_request'],
    ['grant_type=refresh_token&refresh_token=%00', 400, 'invalid_request'],
    [`grant_type=refresh_token&refresh_token=${'x'.repeat(100_000)}`, 400, 'invalid_grant'],
  ])('answers %j as documented', async (text, status, error) => {
    const reply = await kit.anonymous.request('POST', '/access_token', text, {
      'content-type': 'application/x-www-form-urlencoded',
      ...basic(client.clientId, client.secret),
    });
    expect([reply.status, reply.body.error]).toEqual([status, error]);
  });

  it('answers wrong methods and types as everywhere', async () => {
    expect((await kit.anonymous.get('/access_token')).status).toBe(405);
    const xml = await kit.anonymous.request('POST', '/access_token', '<a/>', {
      'content-type': 'application/xml',
    });
    expect([xml.status, xml.body.error]).toEqual([415, 'invalid_request']);
  });
});

describe('a code', () => {
  it('is bound to its client and its redirect URI, and lives 5 minutes (F57)', async () => {
    const other = await addClient(kit);
    const code = await codeOf(kit, client, ada);
    expect((await redeem(kit, other, code)).body.error).toBe('invalid_grant');
    for (const redirect_uri of ['', `${CALLBACK}/`, 'https://evil.test/cb'])
      expect((await redeem(kit, client, code, { redirect_uri })).body.error).toBe('invalid_grant');
    expect((await redeem(kit, client, code)).status).toBe(200);

    kit.world.clock.freeze();
    const [late, inTime] = [await codeOf(kit, client, ada), await codeOf(kit, client, ada)];
    kit.world.clock.advance(299_999);
    expect((await redeem(kit, client, inTime)).status).toBe(200);
    kit.world.clock.advance(1);
    expect((await redeem(kit, client, late)).body.error).toBe('invalid_grant');
  });

  it('that comes twice ends everything that it gave (F57)', async () => {
    const code = await codeOf(kit, client, ada);
    const first = (await redeem(kit, client, code)).body;
    const again = (await refresh(kit, client, first.refresh_token)).body;
    expect((await redeem(kit, client, code)).body.error).toBe('invalid_grant');
    expect((await me(first.access_token)).status).toBe(401);
    expect((await me(again.access_token)).status).toBe(401);
    expect((await refresh(kit, client, first.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('is redeemed once by 50 that come together (F57)', async () => {
    const code = await codeOf(kit, client, ada);
    const replies = await Promise.all(Array.from({ length: 50 }, () => redeem(kit, client, code)));
    const given = replies.filter(({ status }) => status === 200);
    expect(given).toHaveLength(1);
    expect(new Set(replies.filter((reply) => reply.status !== 200).map(({ body }) => body.error))).toEqual(
      new Set(['invalid_grant']),
    );
    expect((await me(given[0]!.body.access_token)).status).toBe(401);
  });

  it('of a request without a redirect URI is redeemed without one', async () => {
    const unnamed = { ...client, redirectUri: '' };
    expect((await redeem(kit, unnamed, await codeOf(kit, unnamed, ada))).status).toBe(200);
    const elsewhere = { redirect_uri: 'https://evil.test/cb' };
    expect((await redeem(kit, unnamed, await codeOf(kit, unnamed, ada), elsewhere)).body.error).toBe(
      'invalid_grant',
    );
  });

  it('is kept as a hash only', async () => {
    const code = await codeOf(kit, client, ada);
    const { rows } = await kit.world.store.pool.query<{ all: string }>(
      'select string_agg(c::text, chr(10)) || (select string_agg(e::text, chr(10)) from event e) as all from oauth_code c',
    );
    expect(rows[0]!.all).not.toContain(code.split('_')[0]);
    expect(rows[0]!.all).not.toContain(Buffer.from(code).toString('hex'));
  });

  it('is not redeemed for somebody who was deactivated or deleted', async () => {
    for (const change of ['login_enabled = false', 'deleted_at = created']) {
      const leaver = await kit.addPerson();
      const { refresh_token } = await tokensOf(kit, client, leaver);
      const code = await codeOf(kit, client, leaver);
      await kit.world.store.pool.query(`update person set ${change} where id = $1`, [leaver.id]);
      kit.world.caches.clearAll();
      expect((await redeem(kit, client, code)).body.error).toBe('invalid_grant');
      expect((await refresh(kit, client, refresh_token)).body.error).toBe('invalid_grant');
    }
  });
});

describe('PKCE', () => {
  const verifier = randomBytes(32).toString('base64url');
  const s256 = createHash('sha256').update(verifier).digest('base64url');

  it.each([
    ['S256', { code_challenge: s256, code_challenge_method: 'S256' }],
    ['plain', { code_challenge: verifier, code_challenge_method: 'plain' }],
    ['plain unless said', { code_challenge: verifier }],
  ])('by %s asks for the verifier', async (_name, challenge) => {
    const code = await codeOf(kit, client, ada, challenge);
    for (const wrong of [{}, { code_verifier: s256.split('').reverse().join('') }, { code_verifier: 'x' }])
      expect((await redeem(kit, client, code, wrong)).body.error).toBe('invalid_grant');
    expect((await redeem(kit, client, code, { code_verifier: verifier })).status).toBe(200);
  });

  it('cannot be stripped from a request on its way: a verifier needs its challenge', async () => {
    const code = await codeOf(kit, client, ada);
    expect((await redeem(kit, client, code, { code_verifier: verifier })).body.error).toBe('invalid_grant');
  });
});

describe('a refresh token', () => {
  it('keeps its text, gives further tokens and leaves the old ones valid (F20, F56)', async () => {
    kit.world.clock.freeze();
    const first = await tokensOf(kit, client, ada);
    kit.world.clock.advance(1000);
    const { status, body } = await refresh(kit, client, first.refresh_token);
    expect(status).toBe(200);
    expect(body.refresh_token).toBe(first.refresh_token);
    expect(body.refresh_token_expires_in).toBe(7_776_000);
    expect(body.access_token).not.toBe(first.access_token);
    expect((await me(first.access_token)).status).toBe(200);
    expect((await me(body.access_token)).status).toBe(200);
  });

  it('lives 90 days, renewed by use (F56)', async () => {
    kit.world.clock.freeze();
    const { refresh_token } = await tokensOf(kit, client, ada);
    for (let round = 0; round < 3; round++) {
      kit.world.clock.advance(90 * DAY - 1000);
      expect((await refresh(kit, client, refresh_token)).status).toBe(200);
    }
    kit.world.clock.advance(90 * DAY);
    expect((await refresh(kit, client, refresh_token)).body.error).toBe('invalid_grant');
  });

  it('does not take part in new scopes, and loses those that the app lost (F59, F60)', async () => {
    const changing = await addClient(kit, { scopes: ['spark:people_read', 'spark:teams_read'] });
    const before = await tokensOf(kit, changing, ada);
    const register = (scopes: string[]) =>
      kit.world.store.pool.query('update app set scopes = $2 where id = $1', [changing.appId, scopes]);
    await register(['spark:people_read', 'spark:teams_read', 'spark:rooms_read']);
    expect((await apiClient(kit.baseUrl, before.access_token).get('/rooms')).status).toBe(403);
    const same = (await refresh(kit, changing, before.refresh_token)).body;
    expect(same.scope).toBe('spark:people_read spark:teams_read');
    expect((await apiClient(kit.baseUrl, same.access_token).get('/rooms')).status).toBe(403);

    await register(['spark:people_read', 'spark:rooms_read']);
    expect((await refresh(kit, changing, before.refresh_token)).body.scope).toBe('spark:people_read');
    await register(['spark:people_read', 'spark:teams_read']);
    expect((await refresh(kit, changing, before.refresh_token)).body.scope).toBe('spark:people_read');
    await register([]);
    expect((await refresh(kit, changing, before.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('gives fewer scopes where fewer are asked for, and never more', async () => {
    const { refresh_token } = await tokensOf(kit, client, ada, { scope: 'spark:people_read' });
    const ask = (scope: string) =>
      postForm(kit, client, { grant_type: 'refresh_token', refresh_token, scope });
    expect((await ask('spark:rooms_read')).body.error).toBe('invalid_scope');
    expect((await ask('spark:people_read spark:kms')).body.scope).toBe('spark:people_read');
  });

  it('is no use to another client, nor once the app is gone', async () => {
    const [mine, other] = [await addClient(kit), await addClient(kit)];
    const { refresh_token } = await tokensOf(kit, mine, ada);
    expect((await refresh(kit, other, refresh_token)).body.error).toBe('invalid_grant');
    await kit.world.store.pool.query('delete from app where id = $1', [mine.appId]);
    expect((await refresh(kit, mine, refresh_token)).body.error).toBe('invalid_client');
  });
});

describe('the ledger of tokens at the token endpoint', () => {
  it('refuses the 751st with tokenlimit_reached and leaves the 750 as they are (F15, F16, F66, F67)', async () => {
    const full = await kit.addPerson();
    const { access_token, refresh_token } = await tokensOf(kit, client, full);
    const code = await codeOf(kit, client, full);
    await fillTokens(kit, full, 750);
    for (const reply of [await refresh(kit, client, refresh_token), await redeem(kit, client, code)]) {
      expect(reply.status).toBe(400);
      expect(reply.body.error).toBe('tokenlimit_reached');
      expect(reply.body.error_description).toContain('tokenlimit_reached');
    }
    expect((await me(access_token)).status).toBe(200);

    // F67: one slot is freed; what was refused before was not used up.
    const cause = { orgId: full.orgId, actorId: full.id };
    const [row] = (
      await kit.world.store.pool.query<{ id: string }>(
        'select id from token where person_id = $1 and app_id is null limit 1',
        [full.id],
      )
    ).rows;
    await kit.world.store.tx((tx) => revokeTokens(kit.world, tx, { ids: [row!.id] }, cause));
    expect((await redeem(kit, client, code)).status).toBe(200);
    expect((await refresh(kit, client, refresh_token)).body.error).toBe('tokenlimit_reached');
  });

  it('gives the last slot to exactly one of 50 that come together, also when one expired (F15, F18)', async () => {
    kit.world.clock.freeze();
    const full = await kit.addPerson();
    const { refresh_token } = await tokensOf(kit, client, full);
    await fillTokens(kit, full, 749);
    const race = async () => {
      const replies = await Promise.all(
        Array.from({ length: 50 }, () => refresh(kit, client, refresh_token)),
      );
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 400]));
      return replies.filter(({ status }) => status === 200).length;
    };
    expect(await race()).toBe(1);
    await kit.world.store.pool.query(
      'update token set expires_at = $2 where id = (select id from token where person_id = $1 and expires_at is null limit 1)',
      [full.id, new Date(kit.world.clock.nowMs() + 1000)],
    );
    kit.world.clock.advance(1000);
    expect(await race()).toBe(1);
  });
});
