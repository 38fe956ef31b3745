import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cleanEnvironment,
  freePort,
  makeFolder,
  repositoryRoot,
  type StartedServer,
  startServer,
} from '../processes/started-server.ts';

const secretKey = 'a-secret-key-that-no-log-may-show';
const metricsToken = 'a-metrics-token-that-no-log-may-show';
const webhookSecret = 'a-webhook-secret-that-no-log-may-show';

let folder: { path: string; remove(): Promise<void> };
let data: string;
let server: StartedServer;
beforeAll(async () => {
  folder = await makeFolder('production');
  data = join(folder.path, 'data');
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const args = ['--mode', 'production', '--public-url', publicUrl, '--port', String(port), '--data', data];
  const env = { MOOT_SECRET_KEY: secretKey, MOOT_METRICS_TOKEN: metricsToken, MOOT_LOG_LEVEL: 'debug' };
  server = await startServer(args, { env });
}, 120_000);
afterAll(async () => {
  await server?.end('SIGKILL');
  await folder.remove();
});

async function moot(...words: string[]): Promise<{ code: number; out: string }> {
  const child = spawn(process.execPath, ['scripts/moot.mjs', ...words], {
    cwd: repositoryRoot,
    env: cleanEnvironment({ MOOT_SECRET_KEY: secretKey }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const [code] = await once(child, 'close');
  return { code, out };
}

async function createOrganization(name: string) {
  const domain = `${name}.example`;
  const flags = [
    '--name',
    name,
    '--domain',
    domain,
    '--admin-email',
    `admin@${domain}`,
    '--data',
    data,
    '--json',
  ];
  const { code, out } = await moot('org', 'create', ...flags);
  expect(code).toBe(0);
  return JSON.parse(out) as { orgId: string; personId: string; token: string; expires: string };
}

describe('production, from nothing', () => {
  let admin: Awaited<ReturnType<typeof createOrganization>>;
  beforeAll(async () => {
    admin = await createOrganization('acme');
  }, 120_000);

  it('comes to its first message', async () => {
    expect(admin).toEqual({
      orgId: expect.any(String),
      personId: expect.any(String),
      token: expect.stringMatching(/^[^_]+_[^_]+_[^_]+$/),
      expires: expect.stringMatching(/Z$/),
      signInUrl: expect.stringContaining('/account/sign-in?link='),
    });
    const api = apiClient(server.baseUrl, admin.token);
    expect((await api.get('/people/me')).body).toMatchObject({ id: admin.personId, orgId: admin.orgId });
    const room = await api.post('/rooms', { title: 'First room' });
    const posted = await api.post('/messages', { roomId: room.body.id, markdown: '**Hello**' });
    expect([posted.status, posted.body.html]).toEqual([
      200,
      expect.stringContaining('<strong>Hello</strong>'),
    ]);
    const listed = await api.get(`/messages?roomId=${room.body.id}`);
    expect(listed.body.items.map((one: { id: string }) => one.id)).toEqual([posted.body.id]);
  });

  it('sends security headers, and none that opens it to cookies of other origins', async () => {
    const { headers } = await apiClient(server.baseUrl).get('/rooms', { origin: 'https://app.example' });
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('is ready, and shows metrics to who has their token', async () => {
    const anonymous = apiClient(server.baseUrl);
    expect((await anonymous.get('/readyz')).status).toBe(200);
    expect((await anonymous.get('/metrics')).status).toBe(403);
    expect((await apiClient(server.baseUrl, metricsToken).get('/metrics')).text).toContain(
      'moot_requests_total',
    );
  });

  it('limits the requests of a user, and says in whole seconds when to come back', async () => {
    const { token } = await createOrganization('busy');
    const api = apiClient(server.baseUrl, token);
    const statuses: number[] = [];
    let last = await api.get('/rooms');
    while (last.status === 200 && statuses.length < 400) {
      statuses.push(last.status);
      last = await api.get('/rooms');
    }
    expect([statuses.length, last.status]).toEqual([300, 429]);
    expect(last.headers.get('retry-after')).toMatch(/^[1-9]\d?$/);
    expect((await apiClient(server.baseUrl, admin.token).get('/rooms')).status).toBe(200);
  }, 120_000);

  it('shows its configuration masked, and no token or secret in any line of its log', async () => {
    const api = apiClient(server.baseUrl, admin.token);
    const wrong = 'wrong_P0A1_token-that-no-log-may-show';
    await apiClient(server.baseUrl, wrong).get(`/rooms?access_token=${wrong}`);
    await api.post('/webhooks', {
      name: 'Hook',
      targetUrl: 'https://hook.example/',
      resource: 'messages',
      event: 'created',
      secret: webhookSecret,
    });
    await api.post('/webhooks', { name: 'Hook', targetUrl: 'no url', secret: webhookSecret });
    const log = server.output();
    const settings = JSON.parse(
      log.split('\n').find((line) => line.includes('"configuration"')) ?? '{}',
    ).settings;
    expect(settings).toMatchObject({
      MOOT_SECRET_KEY: '***',
      MOOT_METRICS_TOKEN: '***',
      MOOT_MODE: '"production"',
    });
    expect(log).toContain('"trackingId"');
    for (const secret of [admin.token, wrong, secretKey, metricsToken, webhookSecret])
      expect([secret, log.includes(secret)]).toEqual([secret, false]);
  });

  it('ends with 0 when it is told to stop', async () => {
    expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(server.output()).not.toMatch(/^\{"level":[56]0/m);
  });
});

describe('a start with a wrong configuration', () => {
  it.each<[string, string[], Record<string, string>, RegExp]>([
    [
      'an unknown variable',
      ['--public-url', 'http://x.example'],
      { MOOT_PORTT: '1' },
      /MOOT_PORTT: there is no such setting/,
    ],
    ['no public URL', [], {}, /MOOT_PUBLIC_URL \(--public-url\): required in production/],
    [
      'a world file',
      ['--public-url', 'http://x.example', '--world', 'w.yaml'],
      {},
      /MOOT_WORLD \(--world\): .*lab/,
    ],
  ])(
    'is refused: %s',
    async (_what, args, env, message) => {
      const start = startServer(['--mode', 'production', '--port', '0', '--data', data, ...args], { env });
      await expect(start).rejects.toThrow(message);
    },
    60_000,
  );
});
