import { connect } from 'node:net';
import { type Actor, flag, operation, pageSize, userAccess, wireUuid } from '@moothall/contract';
import { ApiError, generalErrors, type Uuid } from '@moothall/core';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHttpDoor, type Exchange, type HttpDoor, Page } from './index.ts';

const coverage = { status: 'done', testedBy: [] } as const;
const echo = operation({
  id: 'echo.create',
  method: 'POST',
  path: '/echo',
  summary: 'Echo',
  access: userAccess('spark:echo'),
  body: z.object({ text: z.string().optional(), loud: flag.optional(), roomId: wireUuid('ROOM').optional() }),
  response: z.strictObject({ text: z.string() }),
  source: 'decided',
  coverage,
});
const list = operation({
  id: 'echo.list',
  method: 'GET',
  path: '/echo',
  summary: 'List',
  query: z.object({ max: pageSize(2, 5), filter: z.string().optional() }),
  response: z.strictObject({ items: z.array(z.number()) }),
  source: 'decided',
  coverage,
});
const failing = operation({
  id: 'echo.fail',
  method: 'DELETE',
  path: '/echo/{id}',
  summary: 'Fail',
  params: z.object({ id: z.string() }),
  source: 'decided',
  coverage,
});

const actor: Actor = {
  personId: 'p' as Uuid,
  orgId: 'o' as Uuid,
  type: 'person',
  email: 'a@b.test',
  displayName: 'A',
  roles: new Set(),
  licenses: new Set(),
  scopes: new Set(),
  tokenId: 't' as Uuid,
};
const finished: Exchange[] = [];
let door: HttpDoor;
let base: string;

beforeAll(async () => {
  const settings = {
    bodyLimitBytes: 10_000,
    checkReplies: true,
    secureHeaders: true,
    supportContact: 'help@moot.test',
  };
  door = createHttpDoor(settings, {
    log: pino({ level: 'silent' }),
    authenticate: (token) => (token === 'good' ? actor : undefined),
    authenticateSession: (cookie) => (cookie === 'live' ? actor : undefined),
    csrfTokenOf: (cookie) => `csrf of ${cookie}`,
    admit: () => ['user'],
    acceptFile: () => Promise.reject(new Error('no files here')),
    limitRate: () => {},
    finished: (exchange) => finished.push(exchange),
    newTrackingId: () => 'ROUTER_TEST',
    monotonicMs: () => performance.now(),
  });
  door.mount(echo, ({ body }) => ({ text: body.loud ? (body.text ?? '').toUpperCase() : (body.text ?? '') }));
  door.mount(list, ({ query }) => new Page([1, 2].slice(0, query.max), { cursor: 'a b;c' }));
  door.mount(failing, ({ params }) => {
    if (params.id === 'gone') throw new ApiError(generalErrors['resource.not_found']);
    throw new Error('a secret detail');
  });
  base = `http://127.0.0.1:${(await door.listen('127.0.0.1', 0)).port}`;
});
afterAll(() => door.close());

const post = (body: RequestInit['body'] | undefined, headers: Record<string, string>) =>
  fetch(`${base}/v1/echo`, {
    method: 'POST',
    headers: { authorization: 'Bearer good', ...headers },
    ...(body !== undefined && { body }),
  });
const json = { 'content-type': 'application/json;charset=UTF-8' };

describe('bodies', () => {
  it('come as JSON, as a form, or as multipart without a file', async () => {
    expect(await (await post('{"text":"hi","loud":true}', json)).json()).toEqual({ text: 'HI' });
    expect(await (await post(new URLSearchParams({ text: 'hi', loud: 'True' }), {})).json()).toEqual({
      text: 'HI',
    });
    const form = new FormData();
    form.set('text', 'höhe');
    expect(await (await post(form, {})).json()).toEqual({ text: 'höhe' });
  });

  it('take null for a field that was left out', async () => {
    const reply = await post('{"text":null,"loud":null,"roomId":null}', json);
    expect([reply.status, await reply.json()]).toEqual([200, { text: '' }]);
  });

  it.each([
    ['broken JSON', '{"text":', 400, /^The request body is not valid JSON/],
    ['deep nesting', '['.repeat(5000), 400, /nested deeper than 100/],
    ['a NUL', '{"text":"a\\u0000"}', 400, /U\+0000/],
    ['half a surrogate pair', '{"text":"\\ud800"}', 400, /surrogate/],
    ['too many bytes', JSON.stringify({ text: 'x'.repeat(20_000) }), 413, /10000 bytes/],
    ['a wrong type', '{"text":5}', 400, /^text: /],
    ['a list', '[1]', 400, /./],
  ])('refuse %s', async (_what, body, status, message) => {
    const reply = await post(body, json);
    expect(reply.status).toBe(status);
    const error = (await reply.json()) as { message: string; errors: unknown[]; trackingId: string };
    expect(error.message).toMatch(message);
    expect([error.errors.length > 0, error.trackingId]).toEqual([true, 'ROUTER_TEST']);
  });

  it('may hold any number of brackets in a text', async () => {
    for (const text of ['['.repeat(3000), `\\"[{${'['.repeat(300)}`])
      expect(await (await post(JSON.stringify({ text }), json)).json()).toEqual({ text });
  });

  it('refuse a NUL in a field of a multipart form', async () => {
    const form = new FormData();
    form.set('text', 'a\0b');
    const reply = await post(form, {});
    expect([reply.status, ((await reply.json()) as { message: string }).message]).toEqual([
      400,
      expect.stringContaining('U+0000'),
    ]);
  });

  it('refuse bytes that are not UTF-8 and types that are not served', async () => {
    expect((await post(Buffer.from([0x7b, 0xff, 0x7d]), json)).status).toBe(400);
    const xml = await post('<a/>', { 'content-type': 'application/xml' });
    expect([xml.status, ((await xml.json()) as { message: string }).message]).toEqual([
      415,
      "Content type 'application/xml' not supported",
    ]);
    const broken = await post('no boundary', { 'content-type': 'multipart/form-data' });
    expect(broken.status).toBe(400);
  });
});

describe('replies', () => {
  it('carry the tracking id of the client, or a new one, also on errors', async () => {
    const sent = await post('{}', { ...json, trackingid: 'webex-js-sdk_1_2' });
    expect(sent.headers.get('trackingid')).toBe('webex-js-sdk_1_2');
    expect(sent.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    const bad = await fetch(`${base}/v1/echo`, { method: 'POST', headers: { trackingid: 'CLIENT_1' } });
    expect([bad.status, ((await bad.json()) as { trackingId: string }).trackingId]).toEqual([
      401,
      'CLIENT_1',
    ]);
  });

  it('link to the next page with every parameter and no semicolon', async () => {
    const reply = await fetch(`${base}/v1//echo/?max=2&filter=x%26y`);
    const link = reply.headers.get('link') ?? '';
    expect(link).toMatch(/^<http:\/\/127.0.0.1:\d+\/v1\/.*>; rel="next"$/);
    expect(link.split(';')).toHaveLength(2);
    const next = new URL(/<(.+)>/.exec(link)![1]!);
    expect(Object.fromEntries(next.searchParams)).toEqual({ max: '2', filter: 'x&y', cursor: 'a b;c' });
  });

  it('say 405 for a method that a path has not, 404 for an unknown path, and nothing of what failed', async () => {
    const put = await fetch(`${base}/v1/echo`, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST, GET']);
    const unknown = await fetch(`${base}/v1/nothing`);
    expect([unknown.status, unknown.headers.get('cache-control')]).toEqual([404, 'no-cache']);
    const failed = await fetch(`${base}/v1/echo/x`, { method: 'DELETE' });
    expect([failed.status, (await failed.text()).includes('secret')]).toEqual([500, false]);
    expect((await fetch(`${base}/v1/echo/gone`, { method: 'DELETE' })).status).toBe(404);
    expect(finished.at(-1)?.status).toBe(404);
  });

  it('F1: tell with every refusal its tracking id and where help is to be had', async () => {
    for (const path of ['/v1/nothing', '/v1/echo/gone', '/v1/echo/x']) {
      const reply = await fetch(`${base}${path}`, { method: 'DELETE' });
      const { trackingId } = (await reply.json()) as { trackingId: string };
      expect([reply.headers.get('x-support-contact'), trackingId]).toEqual(['help@moot.test', 'ROUTER_TEST']);
    }
    expect((await fetch(`${base}/v1/echo`)).headers.get('x-support-contact')).toBeNull();
  });

  it('let any origin call, with the headers it asks for', async () => {
    const preflight = await fetch(`${base}/v1/echo`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.test',
        'access-control-request-headers': 'trackingid,spark-user-agent',
      },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'trackingid,spark-user-agent',
    ]);
    expect((await fetch(`${base}/v1/nothing`, { method: 'OPTIONS' })).status).toBe(404);
    const reply = await fetch(`${base}/v1/echo`, { headers: { origin: 'https://app.test' } });
    expect(reply.headers.get('access-control-expose-headers')).toContain('Link');
    expect(reply.headers.get('strict-transport-security')).toContain('max-age');
  });
});

it('refuses a path that cannot be read, in the form of every refusal', async () => {
  const reply = await fetch(`${base}/v1/echo/%`, {
    method: 'DELETE',
    headers: { trackingid: 'ROUTER_path' },
  });
  expect(reply.status).toBe(400);
  const body = (await reply.json()) as { message: string; errors: unknown[]; trackingId: string };
  expect([body.message, body.trackingId]).toEqual([expect.stringContaining('/v1/echo/%'), 'ROUTER_path']);
  expect(body.errors).toEqual([{ description: body.message }]);
});

it('refuses huge headers and what is not HTTP with a JSON body, and closes', async () => {
  const { port } = new URL(base);
  const ask = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', () => resolve(answer));
    });
  expect(await ask(`GET /v1/echo HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1.1 431 .*"trackingId"/s,
  );
  expect(await ask('no http at all\r\n\r\n')).toMatch(/^HTTP\/1.1 400 .*"errors"/s);
});
