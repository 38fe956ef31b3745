import { existsSync, statSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterUrl, startEmbedded } from '@moothall/store';
import {
  type ApiClient,
  apiClient,
  type BarePlatform,
  type Sink,
  startBarePlatform,
  startSink,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli, runJson } from './test-support.ts';

const TAR_HEADER_BYTES = 512;
// Clusters are made and started several times, on a machine that may be busy.
const SLOW = { timeout: 60_000 };

type Created = { personId: string; token: string };
type Served = { api: ApiClient; kit: BarePlatform; stop(): Promise<void> };

let folder: string;
let sink: Sink;
let admin: Created;
let key: { MOOT_SECRET_KEY: string };
let message: { id: string; files: string[]; roomId: string };
const at = (name: string) => join(folder, name);

function createOrg(name: string): Promise<Created> {
  const options = ['--domain', `${name}.test`, '--admin-email', `admin@${name}.test`, '--data', at('first')];
  return runJson<Created>(['org', 'create', '--name', name, ...options]);
}

/** Serves a data folder as the server does. */
async function serve(name: string): Promise<Served> {
  const cluster = await startEmbedded({ dataDir: at(name), durable: false });
  const database = clusterUrl(cluster.address, 'moothall');
  const kit = await startBarePlatform({ database, blobFolder: join(at(name), 'blobs') });
  return {
    kit,
    api: apiClient(kit.baseUrl, admin.token),
    async stop() {
      await kit.close();
      await cluster.stop();
    },
  };
}

/** A message with a file, and a webhook of it that cannot be delivered. */
async function fill(api: ApiClient): Promise<void> {
  sink.answer('/hook', { status: 503 });
  const hook = { targetUrl: `${sink.url}/hook`, resource: 'messages', event: 'created', secret: 'shared' };
  expect((await api.post('/webhooks', { name: 'all', ...hook })).status).toBe(200);
  const form = new FormData();
  form.set('roomId', (await api.post('/rooms', { title: 'Kept' })).body.id);
  form.set('files', new File(['the file'], 'notes.txt', { type: 'text/plain' }));
  message = (await api.post('/messages', form)).body;
  await vi.waitFor(() => expect(sink.at('/hook').length).toBeGreaterThan(0), 5000);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moot-restore-'));
  await chmod(folder, 0o755);
  sink = await startSink();
  admin = await createOrg('acme');
  key = { MOOT_SECRET_KEY: await readFile(join(at('first'), 'secret-key'), 'utf8') };
  const { api, kit, stop } = await serve('first');
  try {
    await fill(api);
    const summary = await runJson(['backup', at('world.tar'), '--data', at('first')]);
    expect(summary).toMatchObject({ blobs: 1, secretKeyIncluded: false });
    const late = await createOrg('late');
    expect((await apiClient(kit.baseUrl, late.token).get('/people/me')).status).toBe(200);
  } finally {
    await stop();
  }
}, SLOW.timeout);

afterAll(async () => {
  await sink.close();
  await rm(folder, { recursive: true, force: true });
});

describe('backup and restore', () => {
  it('goes on where the backup was made: token, file, pending webhook', SLOW, async () => {
    const summary = await runJson(['restore', at('world.tar'), '--data', at('second')], key);
    expect(summary).toMatchObject({ blobs: 1 });
    expect(await readFile(join(at('second'), 'secret-key'), 'utf8')).toBe(key.MOOT_SECRET_KEY);
    // Before it starts: the next try may be due by then.
    sink.answer('/hook', { status: 200 });
    sink.requests.length = 0;
    const { api, kit, stop } = await serve('second');
    const delivered = () => sink.at('/hook').map(({ body }) => body.data.id);
    try {
      expect((await api.get('/people/me')).body.id).toBe(admin.personId);
      expect((await api.get(new URL(message.files[0]!).pathname)).text).toBe('the file');
      kit.world.clock.advance(60 * 60_000);
      await kit.platform.idle();
      expect(delivered()).toEqual([message.id]);
      expect(sink.at('/hook')[0]!.headers['x-spark-signature']).toMatch(/^[0-9a-f]{40}$/);
      const next = await api.post('/messages', { roomId: message.roomId, text: 'after the restore' });
      await kit.platform.idle();
      expect(delivered()).toEqual([message.id, next.body.id]);
      const { rows } = await kit.world.store.pool.query("select 1 from org where display_name = 'late'");
      expect(rows).toEqual([]);
    } finally {
      await stop();
    }
  });

  it('needs the key of the world', async () => {
    expect((await readFile(at('world.tar'))).includes(key.MOOT_SECRET_KEY)).toBe(false);
    const none = await runCli(['restore', at('world.tar'), '--data', at('third')]);
    expect([none.code, none.stdout]).toEqual([1, '']);
    expect(none.stderr).toContain('set MOOT_SECRET_KEY');
    expect(existsSync(at('third'))).toBe(false);
  });

  it('refuses a damaged backup and an occupied folder, and changes nothing', async () => {
    const bytes = await readFile(at('world.tar'));
    const inMessages = bytes.indexOf('tables/message.copy.gz') + TAR_HEADER_BYTES + 20;
    bytes[inMessages] = bytes[inMessages]! ^ 0x40;
    await writeFile(at('damaged.tar'), bytes);
    const damaged = await runCli(['restore', at('damaged.tar'), '--data', at('fourth')], key);
    expect(damaged.code).toBe(1);
    expect(damaged.stderr).toContain('tables/message.copy.gz does not match its checksum');
    const left = await readdir(folder);
    expect(left.filter((name) => name.includes('fourth'))).toEqual([]);
    const occupied = await runCli(['restore', at('world.tar'), '--data', at('first')], key);
    expect(occupied.code).toBe(1);
    expect(occupied.stderr).toContain('is not empty');
  });

  it('writes a folder with the key from a world at rest', SLOW, async () => {
    const argv = ['backup', `${at('as-folder')}/`, '--data', at('first'), '--include-secret-key'];
    expect(await runJson(argv)).toMatchObject({ secretKeyIncluded: true });
    expect(statSync(at('as-folder')).mode & 0o777).toBe(0o700);
    expect(await runJson(['restore', at('as-folder'), '--data', at('fifth')])).toMatchObject({ blobs: 1 });
    expect(await readFile(join(at('fifth'), 'secret-key'), 'utf8')).toBe(key.MOOT_SECRET_KEY);
  });

  it('refuses to write over a file, and to back up what is not there', SLOW, async () => {
    expect(statSync(at('world.tar')).mode & 0o777).toBe(0o600);
    const taken = await runCli(['backup', at('world.tar'), '--data', at('first')]);
    expect([taken.code, taken.stdout]).toEqual([1, '']);
    expect(taken.stderr).toContain('exists: name a new file');
    const nothing = await runCli(['backup', at('none.tar'), '--data', at('nothing')]);
    expect(nothing.stderr).toContain('There is no world in');
    expect(existsSync(at('nothing'))).toBe(false);
  });
});
