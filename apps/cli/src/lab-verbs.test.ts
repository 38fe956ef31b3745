import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLab } from '@moothall/lab';
import type { DatabaseAddress } from '@moothall/store';
import {
  apiClient,
  type BarePlatform,
  createDatabase,
  inDatabase,
  type Sink,
  startBarePlatform,
  startSink,
} from '@moothall/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { runCli, runJson, startCli } from './test-support.ts';

const LAB_KEY = 'lab-key-for-tests';
const ADA = 'ada@acme.test';

const server = JSON.parse(inject('testServer')) as DatabaseAddress;
const database = await createDatabase(server);
const lab = createLab({ labKey: LAB_KEY, maintenance: inDatabase(server, 'postgres') });
let folder: string;
let kit: BarePlatform;
let sink: Sink;

const world = `
orgs:
  - key: acme
    displayName: Acme
    domains: [acme.test]
    people: [{ key: ada, email: ${ADA}, displayName: Ada }, { key: ben, email: ben@acme.test, displayName: Ben }]
    apps:
      - { key: echo, type: bot, name: Echo, username: echo, owner: ada }
      - { key: crm, type: integration, name: CRM, clientId: C0ffee, redirectUris: ["http://127.0.0.1:9/cb"],
          scopes: ["spark:people_read"] }
`;

/** Commands find the server by the address file of its data folder, as on a user's machine. */
const local = (...argv: string[]) => [...argv, '--data', folder];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moot-cli-'));
  const worldFile = join(folder, 'world.yaml');
  await writeFile(worldFile, world);
  kit = await startBarePlatform({
    database: database.address,
    blobFolder: join(folder, 'blobs'),
    doors: [lab.door],
    hooks: lab.hooks,
    prepare: async (platform) => void (await lab.start(platform, { worldFile, demo: false })),
  });
  const file = { baseUrl: kit.baseUrl, mode: 'lab', pid: process.pid, labKey: LAB_KEY };
  await writeFile(join(folder, 'server.json'), JSON.stringify(file));
  kit.platform.markReady();
  sink = await startSink();
});
afterEach(() => runCli(local('fault', 'clear')));
afterAll(async () => {
  await kit.platform.drain();
  await lab.stop();
  await kit.close();
  await sink.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function mint(person = ADA, ...more: string[]) {
  const { token } = await runJson<{ token: string }>(local('token', 'mint', '--person', person, ...more));
  return apiClient(kit.baseUrl, token);
}

async function room(title: string): Promise<string> {
  const made = await runJson<{ id: string }>(
    local('trigger', 'rooms.created', '--person', ADA, '--title', title),
  );
  return made.id;
}

describe('consent', () => {
  const url = 'https://webexapis.com/v1/authorize?response_type=code&client_id=C0ffee&state=s1';

  it('prints where the browser would go', async () => {
    const { code, stdout } = await runCli(local('consent', '--as', ADA, url));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:9\/cb\?code=\S+&state=s1\n$/);
    expect(await runJson(local('consent', '--as', ADA, url))).toMatchObject({
      redirectUrl: expect.stringContaining('code='),
    });
  });

  it('says why nobody can agree', async () => {
    const { code, stdout, stderr } = await runCli(
      local('consent', '--as', ADA, url.replace('C0ffee', 'Cother')),
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('client_id: there is no such integration');
  });
});

describe('tokens and clock', () => {
  it('mints tokens that live as long as was said', async () => {
    const api = await mint(ADA, '--scopes', 'spark:people_read spark:rooms_read', '--expires-in', '2h');
    expect((await api.get('/people/me')).body.emails).toEqual([ADA]);
    expect((await api.post('/rooms', { title: 'No' })).status).toBe(403);
    await runCli(local('clock', 'advance', '2h'));
    expect((await api.get('/people/me')).status).toBe(401);
  });

  it('prints a bare token for shells', async () => {
    const { code, stdout } = await runCli(local('token', 'mint', '--person', ADA));
    expect(code).toBe(0);
    expect((await apiClient(kit.baseUrl, stdout.trim()).get('/people/me')).status).toBe(200);
  });

  it('refuses an unknown person with the words of the server', async () => {
    const { code, stdout, stderr } = await runCli(
      local('token', 'mint', '--person', 'no@one.test', '--json'),
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain("No active person has the address 'no@one.test'");
  });

  it('freezes, sets, advances and resumes the clock', async () => {
    const { frozen, now } = await runJson<{ frozen: boolean; now: string }>(local('clock', 'freeze'));
    expect(frozen).toBe(true);
    const later = new Date(Date.parse(now) + 86_400_000).toISOString();
    expect(await runJson(local('clock', 'set', later))).toMatchObject({ now: later, frozen: true });
    const back = await runCli(local('clock', 'set', now));
    expect([back.code, back.stdout]).toEqual([1, '']);
    expect(back.stderr).toContain('load a snapshot');
    const advanced = await runCli(local('clock', 'advance', '1d'));
    expect(advanced.stdout).toBe(`${new Date(Date.parse(later) + 86_400_000).toISOString()} (frozen)\n`);
    expect(await runJson(local('clock', 'resume'))).toMatchObject({ frozen: false });
    expect((await runCli(local('clock', 'show'))).stdout).toMatch(/^\d{4}-.*Z\n$/);
  });

  it('finds the server by its URL and key alone', async () => {
    const env = { MOOT_URL: `${kit.baseUrl}/`, MOOT_LAB_KEY: LAB_KEY, MOOT_DATA: '/nonexistent' };
    expect(await runJson(['clock', 'show'], env)).toHaveProperty('now');
    const wrong = await runCli(['clock', 'show', '--lab-key', 'wrong'], env);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('401');
  });
});

describe('faults and why', () => {
  it('adds, lists and clears faults', async () => {
    const api = await mint();
    const route = ['--route', 'GET /rooms'];
    await runJson(
      local('fault', 'add', '429', ...route, '--nth', '2', '--retry-after', '7', '--latency', '5ms'),
    );
    expect((await api.get('/rooms')).status).toBe(200);
    const refused = await api.get('/rooms');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    const listed = await runJson<{ items: object[] }>(local('fault', 'list'));
    expect(listed.items).toMatchObject([{ status: 429, nth: 2, latencyMs: 5, calls: 2, injected: 1 }]);
    expect((await runCli(local('fault', 'list'))).stdout).toContain('GET /rooms');
    expect(await runJson(local('fault', 'clear'))).toEqual({});
    expect(await runJson(local('fault', 'list'))).toEqual({ items: [] });
  });

  it('drops webhooks', async () => {
    expect(await runJson(local('fault', 'add', 'drop', '--rate', '0.5'))).toMatchObject({
      webhook: 'dropped',
      probability: 0.5,
    });
  });

  it('tells why a request was refused', async () => {
    const reply = await (await mint('ben@acme.test')).get(`/rooms/${await room('Closed')}`);
    const trackingId = reply.headers.get('trackingid')!;
    expect(await runJson(local('why', trackingId))).toMatchObject({ status: 404, refusedBy: 'relation' });
    expect((await runCli(local('why', trackingId))).stdout).toMatch(
      /^GET \/v1\/rooms\/\S+ -> 404 by ben@acme.test\n/,
    );
    expect((await runCli(local('why', 'ROUTER_NONE'))).code).toBe(1);
  });

  it('shows the requests that were answered', async () => {
    await room('Logged');
    const { stdout } = await runCli(local('logs', 'tail', '--lines', '1', '--no-follow'));
    expect(stdout).toMatch(/ 200 POST \/v1\/rooms .* ms .*ROUTER_/);
    const tail = startCli(local('logs', 'tail', '--lines', '0', '--json'));
    await room('Followed');
    await expect.poll(() => tail.stdout()).toContain('/v1/rooms');
    const { code, stdout: lines } = await tail.interrupt();
    expect(code).toBe(0);
    for (const text of lines.trim().split('\n')) expect(JSON.parse(text)).toHaveProperty('trackingId');
  });
});

describe('the world', () => {
  it('is saved, loaded and reset', async () => {
    const titles = async () =>
      ((await (await mint()).get('/rooms')).body.items as { title: string }[]).map(({ title }) => title);
    await runJson(local('reset'));
    await room('Kept');
    expect(await runJson(local('snapshot', 'save', 'one'))).toMatchObject({ name: 'one' });
    await room('Lost');
    expect(await titles()).toEqual(['Lost', 'Kept']);
    expect((await runCli(local('snapshot', 'load', 'one'))).stdout).toBe('loaded one\n');
    expect(await titles()).toEqual(['Kept']);
    expect(await runJson(local('snapshot', 'list'))).toMatchObject({ items: [{ name: 'one' }] });
    await runCli(local('reset'));
    expect(await titles()).toEqual([]);
    expect((await runCli(local('snapshot', 'load', 'none'))).code).toBe(1);
  });
});

describe('events', () => {
  it('triggers each event by the real request', async () => {
    const roomId = await room('Triggered');
    const as = ['--person', ADA];
    await runJson(
      local('trigger', 'memberships.created', ...as, '--room', roomId, '--email', 'ben@acme.test'),
    );
    const message = await runJson<{ id: string }>(
      local('trigger', 'messages.created', ...as, '--room', roomId, '--markdown', '**hi**'),
    );
    expect(message).toMatchObject({ roomId, html: expect.stringContaining('<strong>hi</strong>') });
    const api = await mint();
    const card = { type: 'AdaptiveCard', version: '1.3', actions: [{ type: 'Action.Submit', title: 'OK' }] };
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
    const posted = await api.post('/messages', { roomId, text: 'card', attachments });
    const inputs = ['--message', posted.body.id, '--inputs', '{"answer":"yes"}'];
    const by = ['--token', (await runCli(local('token', 'mint', '--person', 'ben@acme.test'))).stdout.trim()];
    const action = await runJson(local('trigger', 'attachmentActions.created', ...by, ...inputs));
    expect(action).toMatchObject({ type: 'submit', inputs: { answer: 'yes' } });
    const refused = await runCli(
      local('trigger', 'memberships.created', ...as, '--room', roomId, '--email', 'x'),
    );
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('POST /v1/memberships answered 400');
  });

  it('forwards webhooks with body and signature unchanged, and leaves no webhook behind', async () => {
    const secret = 'shared secret';
    const target = `${sink.url}/bot`;
    const listening = startCli(local('listen', '--forward-to', target, '--person', ADA, '--secret', secret));
    await expect.poll(() => listening.stdout()).toContain('listening');
    const api = await mint();
    expect((await api.get('/webhooks')).body.items).toMatchObject([{ resource: 'all', event: 'all' }]);
    await room('Heard');
    await runCli(local('idle'));
    await expect.poll(() => listening.stdout()).toMatch(/rooms created -> 200 \(\d+ ms\)/);
    const [first] = sink.at('/bot');
    const signature = createHmac('sha1', secret).update(first!.text).digest('hex');
    expect(first!.headers['x-spark-signature']).toBe(signature);
    const deliveries = await runJson<{ items: { id: string }[] }>(local('deliveries', 'list'));
    const id = deliveries.items.at(0)!.id;
    expect((await runCli(local('deliveries', 'list', '--state', 'done'))).stdout).toContain(id);
    expect(await runJson(local('deliveries', 'show', id))).toMatchObject({ id, response: { status: 200 } });
    const none = await runCli(local('deliveries', 'show', 'none'));
    expect([none.code, none.stdout]).toEqual([1, '']);
    const before = sink.at('/bot').length;
    await runJson(local('deliveries', 'redeliver', id));
    await expect.poll(() => sink.at('/bot').length).toBe(before + 1);
    const { code } = await listening.interrupt();
    expect(code).toBe(0);
    expect((await api.get('/webhooks')).body.items).toEqual([]);
  });
});

describe('incoming webhooks', () => {
  it('get a URL that posts into a room', async () => {
    const roomId = await room('Alerts');
    const { stdout } = await runCli(local('incoming-webhook', 'create', '--room', roomId, '--name', 'Alarm'));
    const url = stdout.trim();
    expect(url).toMatch(/\/v1\/webhooks\/incoming\/\S+$/);
    const body = JSON.stringify({ text: 'disk full' });
    const posted = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(posted.ok).toBe(true);
    const { items } = (await (await mint()).get(`/messages?roomId=${roomId}`)).body;
    expect(items[0].text).toBe('disk full');
  });
});

describe('doctor', () => {
  it('finds a running lab in order', async () => {
    const report = await runJson<{
      healthy: boolean;
      checks: { check: string; status: string; detail: string }[];
    }>(local('doctor'));
    expect(report.checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(report.checks.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['node', 'disk', 'server', 'clock']),
    );
    expect(report.checks.find(({ check }) => check === 'clock')?.detail).toContain("the world's time is");
  });
});
