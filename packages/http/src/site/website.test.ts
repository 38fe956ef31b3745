import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { operation } from '@moothall/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHttpDoor, type HttpDoor } from '../index.ts';

const coverage = { status: 'done', testedBy: [] } as const;
const list = operation({
  id: 'things.list',
  method: 'GET',
  base: '/portal/api',
  path: '/things',
  plane: 'page',
  summary: 'List',
  response: z.strictObject({ items: z.array(z.string()) }),
  source: 'decided',
  coverage,
});

const folder = mkdtempSync(join(tmpdir(), 'moot-site-'));
const script = 'console.log("a page");\n'.repeat(50);
let door: HttpDoor;
let base: string;

function openDoor(): HttpDoor {
  const settings = { bodyLimitBytes: 1000, checkReplies: true, secureHeaders: true };
  return createHttpDoor(settings, {
    log: pino({ level: 'silent' }),
    authenticate: () => undefined,
    authenticateSession: () => undefined,
    csrfTokenOf: () => '',
    admit: () => ['user'],
    acceptFile: () => Promise.reject(new Error('no files here')),
    limitRate: () => {},
    finished: () => {},
    newTrackingId: () => 'ROUTER_TEST',
    monotonicMs: () => performance.now(),
  });
}

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'portal.html'), '<html><head><title>P</title></head></html>');
  writeFileSync(join(folder, 'secret.js'), 'outside of the assets');
  writeFileSync(join(folder, 'assets', 'main-a1b2.js'), script);
  writeFileSync(join(folder, 'assets', 'main-a1b2.js.gz'), gzipSync(script));
  writeFileSync(join(folder, 'assets', 'notes.txt'), 'of a kind that pages do not load');
  door = openDoor();
  door.mount(list, () => ({ items: [] }));
  door.serveWebsite({
    folder,
    entries: { '/portal': 'portal' },
    home: '/portal',
    facts: { mode: 'lab', 'support-contact': '"Help" <help@a.test> $& & more' },
  });
  base = `http://127.0.0.1:${(await door.listen('127.0.0.1', 0)).port}`;
});
afterAll(async () => {
  await door.close();
  rmSync(folder, { recursive: true });
});

/** Sends a path as it is: fetch would resolve the dots in it first. */
function statusOf(path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path }, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    }).on('error', reject);
  });
}

describe('the pages', () => {
  it.each(['/portal', '/portal/', '/portal/apps/1?tab=x', '/portal/api-keys'])('are at %s', async (path) => {
    const reply = await fetch(base + path, { headers: { origin: 'https://evil.test' } });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('run nothing but our own files, in no frame, also beside the headers of production', async () => {
    const { headers } = await fetch(`${base}/portal`);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toContain('max-age');
  });

  it('are told the facts of the site, escaped', async () => {
    const html = await (await fetch(`${base}/portal`)).text();
    expect(html).toBe(
      '<html><head><title>P</title><meta name="moothall:mode" content="lab"><meta name="moothall:support-contact" content="&quot;Help&quot; &lt;help@a.test&gt; $&amp; &amp; more"></head></html>',
    );
  });

  it('answer HEAD without a body, and nothing that changes', async () => {
    const head = await fetch(`${base}/portal`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(50);
    expect((await fetch(`${base}/portal`, { method: 'POST' })).status).toBe(404);
  });

  it('are where / leads', async () => {
    const reply = await fetch(`${base}/`, { redirect: 'manual' });
    expect([reply.status, reply.headers.get('location')]).toEqual([302, '/portal']);
  });

  it('leave the API alone', async () => {
    expect(await (await fetch(`${base}/portal/api/things`)).json()).toEqual({ items: [] });
    for (const path of ['/portal/api', '/portal/api/nothing', '/portal//api/nothing', '/v1/nothing']) {
      const reply = await fetch(base + path);
      expect([path, reply.status]).toEqual([path, 404]);
      expect(await reply.json()).toMatchObject({ trackingId: 'ROUTER_TEST' });
    }
    const wrongMethod = await fetch(`${base}/portal/api/things`, { method: 'DELETE' });
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('are asked for to be built where they are not', () => {
    const site = { folder, entries: { '/hub': 'hub' }, home: '/hub', facts: {} };
    expect(() => openDoor().serveWebsite(site)).toThrow(/hub\.html is not there.*npm run build/);
  });
});

describe('the assets', () => {
  it('are kept for good and sent packed to whoever takes that', async () => {
    const path = `${base}/assets/main-a1b2.js`;
    const packed = await fetch(path, { headers: { 'accept-encoding': 'br;q=1, gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(packed.headers.get('vary')).toBe('Accept-Encoding');
    expect(await packed.text()).toBe(script);
    for (const accepted of ['identity', 'gzip;q=0']) {
      const plain = await fetch(path, { headers: { 'accept-encoding': accepted } });
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(await plain.text()).toBe(script);
    }
  });

  it.each([
    '/assets/absent.js',
    '/assets/notes.txt',
    '/assets/main-a1b2.js.gz',
    '/assets/../secret.js',
    '/assets/..%2fsecret.js',
    '/assets/%2e%2e/secret.js',
    '/assets/..%5csecret.js',
    '/assets/.hidden.js',
    '/assets/main-a1b2.js%00.js',
    '/assets/',
    '/assets',
  ])('do not include %s', async (path) => {
    expect(await statusOf(path)).toBe(404);
  });
});
