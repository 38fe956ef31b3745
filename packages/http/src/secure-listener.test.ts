import { once } from 'node:events';
import { type IncomingMessage, request as requestPlainly } from 'node:http';
import { request } from 'node:https';
import { connect as connectPlainly } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { operation } from '@moothall/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHttpDoor, type HttpDoor } from './index.ts';
import type { Certificate } from './secure-listener.ts';
import { makeTestCertificate } from './test-certificate.ts';

const list = operation({
  id: 'echo.list',
  method: 'GET',
  path: '/echo',
  summary: 'List the base by which the caller came',
  response: z.strictObject({ items: z.array(z.string()) }),
  source: 'decided',
  coverage: { status: 'done', testedBy: [] },
});

let door: HttpDoor;
let plainPort: number;
let port: number;
let isSlow = false;
let certificate: Certificate;

async function openDoor(): Promise<HttpDoor> {
  const settings = { bodyLimitBytes: 1000, checkReplies: true, secureHeaders: false };
  const opened = createHttpDoor(settings, {
    log: pino({ level: 'silent' }),
    authenticate: () => undefined,
    authenticateSession: () => undefined,
    csrfTokenOf: (cookie) => cookie,
    admit: () => ['user'],
    acceptFile: () => Promise.reject(new Error('no files here')),
    limitRate: () => {},
    finished: () => {},
    newTrackingId: () => 'ROUTER_TEST',
    monotonicMs: () => performance.now(),
  });
  opened.mount(list, async ({ baseUrl }) => {
    if (isSlow) await new Promise((resolve) => setTimeout(resolve, 300));
    return { items: [baseUrl] };
  });
  opened.onUpgrade((incoming, socket) => {
    if (incoming.url !== '/taken') return false;
    const isSecure = (incoming.socket as TLSSocket).encrypted === true;
    socket.end(`HTTP/1.1 101 Switching\r\nX-Secure: ${isSecure}\r\n\r\n`);
    return true;
  });
  ({ port: plainPort } = await opened.listen('127.0.0.1', 0));
  ({ port } = await opened.listenSecurely('127.0.0.1', 0, certificate));
  return opened;
}

async function baseSeen(scheme: 'http' | 'https', host: string): Promise<unknown> {
  const target = { host: '127.0.0.1', path: '/v1/echo', headers: { host } };
  const sent =
    scheme === 'https'
      ? request({ ...target, port, ca: certificate.cert, servername: 'localhost', agent: false })
      : requestPlainly({ ...target, port: plainPort, agent: false });
  const [reply] = (await once(sent.end(), 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of reply) text += String(chunk);
  return JSON.parse(text);
}

/** Sends text over TLS and reads until the end. */
async function exchange(text: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', ca: certificate.cert, servername: 'localhost' });
  await once(socket, 'secureConnect');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

beforeAll(async () => {
  certificate = await makeTestCertificate(['localhost', 'api.ciscospark.com']);
  door = await openDoor();
});
afterAll(() => door.close());

describe('a door that listens over TLS as well', () => {
  it('answers on both ports, with URLs under the scheme and host by which each caller came', async () => {
    expect(await baseSeen('https', 'api.ciscospark.com')).toEqual({
      items: ['https://api.ciscospark.com'],
    });
    expect(await baseSeen('http', 'moot.test:81')).toEqual({
      items: ['http://moot.test:81'],
    });
  });

  it('takes changes of the protocol there, and answers 404 to others', async () => {
    const upgrade = (path: string) =>
      exchange(`GET ${path} HTTP/1.1\r\nHost: wdm-a.wbx2.com\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n`);
    expect(await upgrade('/taken')).toBe('HTTP/1.1 101 Switching\r\nX-Secure: true\r\n\r\n');
    expect(await upgrade('/other')).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('refuses what is no HTTP in its usual form', async () => {
    expect(await exchange('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"trackingId":"ROUTER_CLIENT"/s);
  });

  it('ends a connection that does not speak TLS, and goes on', async () => {
    const socket = connectPlainly(port, '127.0.0.1');
    socket.write('GET /v1/echo HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect(await baseSeen('https', 'webexapis.com')).toEqual({
      items: ['https://webexapis.com'],
    });
  });

  it('speaks TLS 1.2 or newer only', async () => {
    const socket = connect({ port, host: '127.0.0.1', ca: certificate.cert, maxVersion: 'TLSv1.1' });
    const [error] = await once(socket, 'error');
    expect(String(error)).toMatch(/protocol|alert/i);
  });

  it('is refused a certificate with another key', async () => {
    const { key } = await makeTestCertificate(['localhost']);
    const mismatch = door.listenSecurely('127.0.0.1', 0, { ...certificate, key });
    await expect(mismatch).rejects.toThrow('key values mismatch');
  });

  it('serves what it has in hand when it closes, on both ports', async () => {
    isSlow = true;
    const last = [baseSeen('https', 'x.test'), baseSeen('http', 'x.test')];
    await new Promise((resolve) => setTimeout(resolve, 100));
    await door.close();
    expect(await Promise.all(last)).toEqual([{ items: ['https://x.test'] }, { items: ['http://x.test'] }]);
    await expect(baseSeen('https', 'x.test')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
