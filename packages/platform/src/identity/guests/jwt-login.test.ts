import { createHmac, generateKeyPairSync } from 'node:crypto';
import { apiClient, startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addIssuer, guestJwt, type TestIssuer } from './test-issuer.ts';

const ONE_HOUR_SECONDS = 3600;
let kit: TestPlatform;
let desk: TestIssuer;
beforeAll(async () => {
  kit = await startTestPlatform();
  desk = await addIssuer(kit);
});
afterAll(() => kit.close());

function login(authorization: string | undefined, body?: unknown) {
  return kit.anonymous.post('/jwt/login', body, authorization === undefined ? {} : { authorization });
}

async function signIn(claims: Record<string, unknown> = {}) {
  const reply = await login(`Bearer ${await guestJwt(kit, desk, claims)}`);
  expect(reply.status).toBe(200);
  const api = apiClient(kit.baseUrl, reply.body.token);
  return { ...reply.body, api, me: (await api.get('/people/me')).body };
}

const nowSeconds = () => Math.floor(kit.world.clock.nowMs() / 1000);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the JWT login of guests (F13, F14)', () => {
  it('signs a guest in for six hours', async () => {
    const { me, expiresIn } = await signIn({ sub: 'first-of-all', name: 'Gus Guest' });
    expect(expiresIn).toBe(21_599);
    expect(me).toMatchObject({ type: 'appuser', displayName: 'Gus Guest' });
    expect(me.emails).toEqual([expect.stringMatching(/^[0-9a-f-]{36}@appid\.ciscospark\.com$/)]);
  });

  it('says with each reply that it is deprecated (F2)', async () => {
    for (const reply of [await login(await guestJwt(kit, desk)), await login('Bearer nonsense')])
      expect(reply.headers.get('deprecation')).toBe('@1793491200');
    expect((await kit.anonymous.get('/people/me')).headers.get('deprecation')).toBeNull();
  });

  it('takes the header without Bearer, exp as text, and any body or none', async () => {
    const text = await guestJwt(kit, desk, { exp: String(nowSeconds() + ONE_HOUR_SECONDS) });
    const replies = [
      await login(text),
      await login(`Bearer ${text}`),
      await login(`bearer  ${text} `),
      await login(text, {}),
      await login(text, 'grant=none'),
      await kit.anonymous.post('/jwt/login/', '', { authorization: text, 'content-type': 'text/plain' }),
      await kit.anonymous.post('/jwt/login', '{', {
        authorization: text,
        'content-type': 'application/json',
      }),
    ];
    expect(replies.map((reply) => reply.status)).toEqual(replies.map(() => 200));
  });

  it('F14: knows a subject again, renames it, and keeps earlier tokens alive', async () => {
    const first = await signIn({ sub: 'returning', name: 'One' });
    const second = await signIn({ sub: 'returning', name: 'Two' });
    expect(second.token).not.toBe(first.token);
    expect([second.me.id, second.me.emails]).toEqual([first.me.id, first.me.emails]);
    expect(second.me.displayName).toBe('Two');
    expect((await first.api.get('/people/me')).body.displayName).toBe('Two');
    const updates = (await kit.events()).filter(
      ({ resource, event, data }) =>
        resource === 'people' && event === 'updated' && data.displayName === 'Two',
    );
    expect(updates).toHaveLength(1);
  });

  it('takes the same subject of another issuer for somebody else', async () => {
    const other = await addIssuer(kit);
    const { me } = await signIn({ sub: 'shared' });
    const reply = await login(await guestJwt(kit, other, { sub: 'shared' }));
    const theirs = await apiClient(kit.baseUrl, reply.body.token).get('/people/me');
    expect(theirs.body.id).not.toBe(me.id);
  });

  it('makes one account when a new subject signs in many times at once', async () => {
    const jwt = await guestJwt(kit, desk, { sub: 'hasty' });
    const replies = await Promise.all(Array.from({ length: 12 }, () => login(jwt)));
    expect(replies.map((reply) => reply.status)).toEqual(replies.map(() => 200));
    const ids = replies.map(
      async ({ body }) => (await apiClient(kit.baseUrl, body.token).get('/people/me')).body.id,
    );
    expect(new Set(await Promise.all(ids)).size).toBe(1);
  });

  it('ends with its time, by the clock of the world', async () => {
    const { api } = await signIn({ sub: 'brief' });
    kit.world.clock.advance(21_598_000);
    expect((await api.get('/people/me')).status).toBe(200);
    kit.world.clock.advance(2_000);
    expect((await api.get('/people/me')).status).toBe(401);
  });

  it('refuses the 751st token of one guest, and no other guest for it', async () => {
    const small = await startTestPlatform({ limits: { 'token.active_per_account': 3 }, work: false });
    const issuer = await addIssuer(small);
    const authorization = await guestJwt(small, issuer, { sub: 'greedy' });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count++)
      statuses.push((await small.anonymous.post('/jwt/login', undefined, { authorization })).status);
    expect(statuses).toEqual([200, 200, 200, 400]);
    const modest = { authorization: await guestJwt(small, issuer, { sub: 'modest' }) };
    expect((await small.anonymous.post('/jwt/login', undefined, modest)).status).toBe(200);
    await small.close();
  });
});

describe('a JWT that is not believed', () => {
  let refusal: unknown;
  beforeAll(async () => {
    const { status, body } = await login('nonsense');
    expect(status).toBe(401);
    refusal = body.message;
  });

  async function isRefused(jwt: string | undefined) {
    const { status, body } = await login(jwt);
    expect({ status, message: body.message }).toEqual({ status: 401, message: refusal });
  }

  const bad: [string, Record<string, unknown>][] = [
    ['is expired', { exp: 1_600_000_000 }],
    ['expires at this moment', { exp: 0 }],
    ['expires in a far future', { exp: 99_999_999_999 }],
    ['expires at no number', { exp: 1e300 }],
    ['expires at a word', { exp: 'tomorrow' }],
    ['expires at an object', { exp: { at: 1 } }],
    ['has no exp', { exp: undefined }],
    ['has no sub', { sub: undefined }],
    ['has an empty sub', { sub: '' }],
    ['has a sub of other letters', { sub: 'gus@acme.test' }],
    ['has a sub that is too long', { sub: 'a'.repeat(257) }],
    ['has a sub that is a number', { sub: 7 }],
    ['has no name', { name: undefined }],
    ['has a name that is no text', { name: ['Gus'] }],
    ['has a name with NUL', { name: 'Gus\0' }],
    ['has half of a surrogate pair in its name', { name: 'Gus\ud800' }],
    ['has no iss', { iss: undefined }],
    ['names an unknown issuer', { iss: 'nobody' }],
    ['names an issuer with NUL', { iss: 'no\0body' }],
    ['begins later', { nbf: 99_999_999_999 }],
  ];
  it.each(bad)('because it %s', async (_what, claims) => {
    await isRefused(await guestJwt(kit, desk, claims));
  });

  const payload = () => ({
    iss: desk.issuerId,
    sub: 'forged',
    name: 'Forged',
    exp: nowSeconds() + ONE_HOUR_SECONDS,
  });

  it('because it has no signature', async () => {
    await isRefused(`${part({ alg: 'none' })}.${part(payload())}.`);
    await isRefused(`${part({ alg: 'none' })}.${part(payload())}`);
    await isRefused(`${part({ alg: 'HS256' })}.${part(payload())}.`);
    await isRefused(`${part({ alg: 'NONE' })}.${part(payload())}.AA`);
  });

  it('because it is signed with another key', async () => {
    await isRefused(await guestJwt(kit, { ...desk, key: Buffer.from('another key of some length') }));
    // The text of the secret instead of what it encodes.
    await isRefused(await guestJwt(kit, { ...desk, key: Buffer.from(desk.secret) }));
    const other = await addIssuer(kit);
    await isRefused(await guestJwt(kit, { ...desk, key: other.key }));
  });

  it('because it is signed with another algorithm', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await isRefused(await new SignJWT(payload()).setProtectedHeader({ alg: 'RS256' }).sign(privateKey));
    await isRefused(
      await new SignJWT(payload()).setProtectedHeader({ alg: 'HS512' }).sign(Buffer.alloc(64, desk.key)),
    );
    // Named HS256, made with SHA-512.
    const text = `${part({ alg: 'HS256' })}.${part(payload())}`;
    const digest = createHmac('sha512', desk.key).update(text).digest('base64url');
    await isRefused(`${text}.${digest}`);
  });

  it('because its parts were changed, or it has other ones', async () => {
    const [header, , signature] = (await guestJwt(kit, desk)).split('.');
    await isRefused(`${header}.${part({ ...payload(), sub: 'somebody-else' })}.${signature}`);
    await isRefused(`${header}.${Buffer.from('not json').toString('base64url')}.${signature}`);
    await isRefused(`${header}.${part('text')}.${signature}`);
    await isRefused(`${header}.${part(null)}.${signature}`);
    await isRefused('..');
    await isRefused('');
    await isRefused(undefined);
    await isRefused(`Bearer Bearer ${await guestJwt(kit, desk)}`);
    await isRefused(`Basic ${Buffer.from('a:b').toString('base64')}`);
  });

  it('names the cause to those who run the server, and makes no account', async () => {
    const before = (await kit.events()).length;
    const { headers } = await login(await guestJwt(kit, desk, { exp: 1_600_000_000 }));
    const trace = kit.world.traces.find(headers.get('trackingid')!);
    expect(trace?.steps.at(-1)?.detail).toContain('exp is past');
    expect((await kit.events()).length).toBe(before);
  });
});
