import { operation, pageAccess } from '@moothall/contract';
import { ApiError, defineErrors, type Uuid } from '@moothall/core';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHttpDoor, type HttpDoor, JsonReply, sessionCookieHeader } from './index.ts';

const coverage = { status: 'done', testedBy: [] } as const;
const page = { base: '/portal/api', plane: 'page', source: 'decided', coverage } as const;
const change = operation({
  ...page,
  id: 'page.change',
  method: 'POST',
  path: '/things',
  summary: 'Change',
  access: pageAccess('portal'),
  body: z.object({ name: z.string().optional() }),
  response: z.strictObject({ who: z.string() }),
});
const open = operation({
  ...page,
  id: 'page.open',
  method: 'POST',
  path: '/open',
  summary: 'Open',
  body: z.object({}),
  response: z.strictObject({ done: z.literal(true) }),
});
const oauth = operation({
  id: 'oauth.fail',
  method: 'POST',
  path: '/token',
  plane: 'oauth',
  summary: 'Fail',
  source: 'decided',
  coverage,
});
const errors = defineErrors({
  'grant.bad': { status: 400, message: 'The code is used.', oauthError: 'invalid_grant', source: 'decided' },
});

let door: HttpDoor;
let base: string;
beforeAll(async () => {
  const settings = { bodyLimitBytes: 1000, checkReplies: true, secureHeaders: true };
  door = createHttpDoor(settings, {
    log: pino({ level: 'silent' }),
    authenticate: () => ({ displayName: 'token' }) as never,
    authenticateSession: (cookie, site) =>
      cookie === 'live' ? ({ displayName: site, sessionId: 's' as Uuid } as never) : undefined,
    csrfTokenOf: (cookie) => `csrf-${cookie}`,
    admit: () => ['user'],
    acceptFile: () => Promise.reject(new Error('no files here')),
    limitRate: () => {},
    finished: () => {},
    newTrackingId: () => 'ROUTER_TEST',
    monotonicMs: () => performance.now(),
  });
  door.mount(change, ({ actor }) => ({ who: actor.displayName }));
  door.mount(
    open,
    () => new JsonReply({ done: true }, { 'set-cookie': sessionCookieHeader('c', 9, 'https://a.test') }),
  );
  door.mount(oauth, () => {
    throw new ApiError(errors['grant.bad']);
  });
  base = `http://127.0.0.1:${(await door.listen('127.0.0.1', 0)).port}`;
});
afterAll(() => door.close());

const send = async (path: string, headers: Record<string, string>, body = '{}') => {
  const json = { 'content-type': 'application/json', ...headers };
  return (await fetch(base + path, { method: 'POST', headers: json, body })).status;
};
const signedIn = { cookie: 'other=1; moot_session=live', 'x-csrf-token': 'csrf-live' };

describe('an operation of a page', () => {
  it('lets in whoever is signed in at its site', async () => {
    const reply = await fetch(`${base}/portal/api/things`, { method: 'POST', headers: signedIn });
    expect([reply.status, await reply.json()]).toEqual([200, { who: 'portal' }]);
  });

  it.each<[string, Record<string, string>, number]>([
    ['a bearer token', { authorization: 'Bearer good' }, 401],
    ['a session that is over', { ...signedIn, cookie: 'moot_session=dead' }, 401],
    ['no CSRF token', { cookie: 'moot_session=live' }, 403],
    ['the CSRF token of another session', { ...signedIn, 'x-csrf-token': 'csrf-dead' }, 403],
    ['another origin', { ...signedIn, origin: 'https://evil.test' }, 403],
    ['another site', { ...signedIn, 'sec-fetch-site': 'cross-site' }, 403],
    ['the body of a plain form', { ...signedIn, 'content-type': 'text/plain' }, 403],
  ])('refuses %s', async (_what, headers, status) => {
    expect(await send('/portal/api/things', headers)).toBe(status);
  });

  it('that needs no session is still for our own pages only, and may set a cookie', async () => {
    expect(await send('/portal/api/open', { origin: 'https://evil.test' })).toBe(403);
    const reply = await fetch(`${base}/portal/api/open`, { method: 'POST', headers: { origin: base } });
    expect(reply.headers.get('set-cookie')).toBe(
      'moot_session=c; Max-Age=9; Path=/; HttpOnly; Secure; SameSite=Lax',
    );
  });
});

describe('an operation of OAuth', () => {
  it('refuses in the form of RFC 6749 and in ours at once', async () => {
    const reply = await fetch(`${base}/v1/token`, { method: 'POST' });
    expect(await reply.json()).toEqual({
      message: 'The code is used.',
      errors: [{ description: 'The code is used.' }],
      trackingId: 'ROUTER_TEST',
      error: 'invalid_grant',
      error_description: 'The code is used.',
    });
  });
});
