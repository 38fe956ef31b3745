import {
  addClient,
  answerOf,
  CALLBACK,
  postForm,
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
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  client = await addClient(kit);
  ada = await kit.addPerson();
});
afterAll(() => kit.close());

const ask = (query: string, headers: Record<string, string> = {}, path = '/v1/authorize') =>
  kit.anonymous.get(`${path}?${query}`, headers);

async function locationOf(query: string): Promise<string> {
  const reply = await ask(query);
  expect(reply.status).toBe(302);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  return reply.headers.get('location')!;
}

describe('the authorization endpoint', () => {
  it.each(['/v1/authorize', '/idb/oauth2/v1/authorize'])(
    '%s sends a browser to the page that asks its person, with the same query (F54)',
    async (path) => {
      const query = queryOf(client, { state: 'a b&c=ü', scope: 'spark:people_read spark:kms', nonce: 'n' });
      const reply = await ask(query, {}, path);
      const page = new URL(reply.headers.get('location')!, kit.baseUrl);
      expect([reply.status, page.pathname]).toEqual([302, '/account/authorize']);
      page.searchParams.delete('requested_at');
      expect(Object.fromEntries(page.searchParams)).toEqual(Object.fromEntries(new URLSearchParams(query)));
    },
  );

  it.each([
    ['an unknown client', { client_id: 'Cnone' }, 'invalid_client'],
    ['no client', { client_id: '' }, 'invalid_client'],
    ['a longer path', { redirect_uri: `${CALLBACK}/more` }, 'invalid_request'],
    ['a prefix of it', { redirect_uri: CALLBACK.slice(0, -1) }, 'invalid_request'],
    ['a slash at the end', { redirect_uri: `${CALLBACK}/` }, 'invalid_request'],
    ['a query', { redirect_uri: `${CALLBACK}?a=1` }, 'invalid_request'],
    ['a fragment', { redirect_uri: `${CALLBACK}#a` }, 'invalid_request'],
    ['another scheme', { redirect_uri: CALLBACK.replace('https', 'http') }, 'invalid_request'],
    ['a port', { redirect_uri: 'https://crm.test:443/cb' }, 'invalid_request'],
    ['another case', { redirect_uri: 'https://CRM.test/cb' }, 'invalid_request'],
    ['a user', { redirect_uri: 'https://crm.test@evil.test/cb' }, 'invalid_request'],
    ['a domain that begins alike', { redirect_uri: 'https://crm.test.evil.test/cb' }, 'invalid_request'],
    ['a path that climbs', { redirect_uri: 'https://crm.test/x/../cb' }, 'invalid_request'],
    ['percent-encoding', { redirect_uri: 'https://crm.test/%63b' }, 'invalid_request'],
    ['a script', { redirect_uri: 'javascript:alert(1)' }, 'invalid_request'],
    ['a relative address', { redirect_uri: '//evil.test' }, 'invalid_request'],
    ['no address at all', { redirect_uri: 'no address' }, 'invalid_request'],
  ])('never redirects for %s (F54)', async (_name, more, error) => {
    const reply = await ask(queryOf(client, more));
    expect([reply.status, reply.body.error, reply.headers.get('location')]).toEqual([400, error, null]);
    // A browser is shown our own page, which is told the same.
    const shown = await ask(queryOf(client, more), { accept: 'text/html,*/*' });
    expect(shown.headers.get('location')).toMatch(/^\/account\/authorize\?/);
  });

  it('takes a loopback address with its own port only', async () => {
    const local = await addClient(kit, { redirectUris: ['http://127.0.0.1:8912/cb'] });
    expect((await ask(queryOf(local))).status).toBe(302);
    for (const redirect_uri of [
      'http://127.0.0.1:8913/cb',
      'http://127.0.0.1/cb',
      'http://localhost:8912/cb',
    ])
      expect((await ask(queryOf(local, { redirect_uri }))).status).toBe(400);
  });

  it('needs a redirect URI unless exactly one is registered', async () => {
    expect((await ask(queryOf(client, { redirect_uri: '' }))).status).toBe(302);
    const many = await addClient(kit, { redirectUris: [CALLBACK, 'https://crm.test/other'] });
    expect((await ask(queryOf(many, { redirect_uri: '' }))).body.error).toBe('invalid_request');
    const none = await addClient(kit, { redirectUris: [] });
    expect((await ask(queryOf(none))).body.error).toBe('invalid_request');
    const fragment = await addClient(kit, { redirectUris: ['https://crm.test/#a'] });
    expect((await ask(queryOf(fragment))).body.error).toBe('invalid_request');
  });

  it('is not for service apps', async () => {
    const service = await addClient(kit, { kind: 'service_app' });
    expect((await ask(queryOf(service))).body.error).toBe('invalid_client');
  });

  it('refuses what comes twice', async () => {
    for (const name of ['client_id', 'redirect_uri', 'state', 'scope'])
      expect((await ask(`${queryOf(client)}&${name}=${name}&${name}=x`)).status).toBe(400);
  });

  it.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: 'id_token' }, 'unsupported_response_type'],
    [{ response_type: 'code token' }, 'unsupported_response_type'],
    [{ response_type: '' }, 'invalid_request'],
    [{ response_mode: 'form_post' }, 'invalid_request'],
    [{ scope: 'spark:all' }, 'invalid_scope'],
    [{ scope: 'spark:people_read spark:nothing' }, 'invalid_scope'],
    [{ scope: 'openid' }, 'invalid_scope'],
    [{ scope: 'SPARK:PEOPLE_READ' }, 'invalid_scope'],
    [{ code_challenge: 'short' }, 'invalid_request'],
    [{ code_challenge: 'x'.repeat(129) }, 'invalid_request'],
    [{ code_challenge: 'x'.repeat(43), code_challenge_method: 'S512' }, 'invalid_request'],
    [{ code_challenge_method: 'S256' }, 'invalid_request'],
    [{ prompt: 'sometimes' }, 'invalid_request'],
    [{ prompt: 'none login' }, 'invalid_request'],
    [{ max_age: '-1' }, 'invalid_request'],
    [{ prompt: 'none' }, 'login_required'],
  ])('tells the app by redirect of %j (F55, F70)', async (more, error) => {
    const location = await locationOf(queryOf(client, more));
    expect(location.startsWith(`${CALLBACK}?`)).toBe(true);
    expect(answerOf(location)).toEqual({ error, error_description: expect.any(String), state: 'a state' });
  });

  it('keeps the query of a registered address, and sends no answer into its fragment', async () => {
    const odd = await addClient(kit, { redirectUris: ['https://crm.test/cb?tenant=7'] });
    expect(await locationOf(queryOf(odd, { scope: 'x' }))).toMatch(
      /^https:\/\/crm\.test\/cb\?tenant=7&error=invalid_scope&/,
    );
    const international = await addClient(kit, { redirectUris: ['https://bücher.test/größe'] });
    expect(await locationOf(queryOf(international, { scope: 'x' }))).toMatch(
      /^https:\/\/xn--bcher-kva\.test\/gr%C3/,
    );
  });

  it('answers long scopes and wrong methods at once', async () => {
    const long = Array.from({ length: 900 }, (_, index) => `spark:${index}`).join(' ');
    const { error_description } = answerOf(await locationOf(queryOf(client, { scope: long })));
    expect(error_description!.length).toBeLessThan(200);
    const tooLong = `${kit.baseUrl}/v1/authorize?${queryOf(client, { scope: 'x'.repeat(100_000) })}`;
    expect((await fetch(tooLong)).status).toBe(431);
    expect((await kit.anonymous.post(`/v1/authorize?${queryOf(client)}`)).status).toBe(405);
  });

  it('needs a registered scope where none is named', async () => {
    const none = await addClient(kit, { scopes: ['spark:kms'] });
    expect(answerOf(await locationOf(queryOf(none))).error).toBe('invalid_scope');
  });
});

describe('prompt=none', () => {
  it('answers at once whoever is signed in and agreed before, and nobody else', async () => {
    const silent = await addClient(kit);
    const page = await kit.page(ada);
    const answer = async (more: Record<string, string> = {}) => {
      const reply = await page.get(`/v1/authorize?${queryOf(silent, { prompt: 'none', ...more })}`);
      return answerOf(reply.headers.get('location'));
    };
    expect((await answer()).error).toBe('consent_required');
    await tokensOf(kit, silent, ada, { scope: 'spark:people_read' });
    expect((await answer()).error).toBe('consent_required');
    const { code, state } = await answer({ scope: 'spark:people_read' });
    expect(state).toBe('a state');
    expect((await redeem(kit, silent, code!)).status).toBe(200);
    kit.world.clock.advance(10_000);
    expect((await answer({ scope: 'spark:people_read', max_age: '5' })).error).toBe('login_required');
    const other = await kit.page(await kit.addPerson());
    const reply = await other.get(`/v1/authorize?${queryOf(silent, { prompt: 'none' })}`);
    expect(answerOf(reply.headers.get('location')).error).toBe('consent_required');
  });
});

describe('secrets of OAuth', () => {
  it('are in no event and no trace', async () => {
    const secretive = await addClient(kit);
    const tokens = await tokensOf(kit, secretive, ada);
    const traced = { trackingid: 'traced' };
    await ask(queryOf(secretive, { state: 'secret-state' }), traced);
    const seen = [kit.world.traces.find('traced')];
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    await postForm(kit, secretive, form, '/access_token', traced);
    seen.push(kit.world.traces.find('traced'));
    const told = JSON.stringify([seen, await kit.events()]);
    expect(told).toContain('traced');
    for (const secret of [secretive.secret, tokens.access_token, tokens.refresh_token, 'secret-state'])
      expect(told).not.toContain(secret);
  });
});
