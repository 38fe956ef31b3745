import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiClient, type Sink, startSink } from '@moothall/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, makeFolder, type StartedServer, startServer } from '../processes/started-server.ts';
import { type Acknowledged, listAll, startPosting } from './posting.ts';
import { adaToken, worldText } from './world.ts';

const POSTS_PER_SECOND = 200;
const POSTS_PER_LIFE = 400;
const DRAIN_LIMIT_MS = 30_000;

let folder: { path: string; remove(): Promise<void> };
let sink: Sink;
let server: StartedServer | undefined;
let args: string[];
beforeEach(async () => {
  folder = await makeFolder('crash');
  sink = await startSink();
  const world = join(folder.path, 'world.yaml');
  await writeFile(world, worldText);
  const port = String(await freePort());
  args = ['--port', port, '--data', join(folder.path, 'data'), '--world', world, '--no-demo'];
});
afterEach(async () => {
  await server?.end('SIGKILL');
  await sink.close();
  await folder.remove();
});

async function begin(): Promise<{ roomId: string }> {
  server = await startServer(args);
  const api = apiClient(server.baseUrl, adaToken);
  return { roomId: (await api.get('/rooms')).body.items[0].id };
}

/** Ids of messages in the order in which a target heard of each for the first time. */
function firstArrivals(path: string): string[] {
  return [...new Set(sink.at(path).map((request) => String(request.body.data.id)))];
}

/** What came earlier than something of its lane that was acknowledged before it. */
function disorder(arrivals: readonly string[], acknowledged: readonly Acknowledged[]): Acknowledged[] {
  const byId = new Map(acknowledged.map((one) => [one.id, one]));
  const latest = new Map<number, number>();
  return arrivals
    .flatMap((id) => byId.get(id) ?? [])
    .filter(({ lane, place }) => {
      const before = latest.get(lane) ?? -1;
      latest.set(lane, Math.max(before, place));
      return place < before;
    });
}

async function untilHeard(paths: readonly string[], acknowledged: readonly Acknowledged[]): Promise<void> {
  const deadlineMs = performance.now() + DRAIN_LIMIT_MS;
  const missing = () =>
    paths.some((path) => {
      const heard = new Set(firstArrivals(path));
      return acknowledged.some(({ id }) => !heard.has(id));
    });
  while (missing() && performance.now() < deadlineMs)
    await new Promise((resolve) => setTimeout(resolve, 200));
}

describe('a killed server', () => {
  it('has lost no acknowledged message and no webhook of it', { timeout: 240_000 }, async () => {
    const { roomId } = await begin();
    const paths = ['/steady', '/moody'];
    for (const path of paths) {
      const hook = { name: path, targetUrl: sink.url + path, resource: 'messages', event: 'created' };
      expect((await apiClient(server!.baseUrl, adaToken).post('/webhooks', hook)).status).toBe(200);
    }
    sink.answer('/moody', (count) => {
      if (count % 800 === 100) return { status: 500 };
      return count % 100 === 0 ? { delayMs: 100 } : {};
    });
    const posting = startPosting(server!.baseUrl, adaToken, roomId, POSTS_PER_SECOND);
    for (let life = 1; life <= 3; life++) {
      await posting.reached(life * POSTS_PER_LIFE);
      expect(await server!.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
      server = await startServer(args);
    }
    await posting.reached(4 * POSTS_PER_LIFE);
    await posting.stop();

    const listed = await listAll(server!.baseUrl, adaToken, roomId);
    expect(posting.acknowledged.filter(({ id }) => !listed.has(id))).toEqual([]);
    await untilHeard(paths, posting.acknowledged);
    for (const path of paths) {
      const arrivals = firstArrivals(path);
      const heard = new Set(arrivals);
      const lost = posting.acknowledged.filter(({ id }) => !heard.has(id));
      expect([path, lost]).toEqual([path, []]);
      expect([path, disorder(arrivals, posting.acknowledged)]).toEqual([path, []]);
      expect(arrivals.filter((id) => !listed.has(id))).toEqual([]);
    }
  });
});

describe('a server that is told to stop', () => {
  it('ends with 0 within 10 s under load and keeps what it acknowledged', { timeout: 240_000 }, async () => {
    const { roomId } = await begin();
    sink.answer('/silent', { delayMs: 60_000 });
    const hook = { name: 'Silent', targetUrl: `${sink.url}/silent`, resource: 'messages', event: 'created' };
    expect((await apiClient(server!.baseUrl, adaToken).post('/webhooks', hook)).status).toBe(200);
    const posting = startPosting(server!.baseUrl, adaToken, roomId, POSTS_PER_SECOND);
    await posting.reached(300);
    expect(sink.at('/silent').length).toBeGreaterThan(0);
    const startedMs = performance.now();
    expect(await server!.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect(server!.output()).not.toMatch(/^\{"level":[56]0/m);
    await posting.stop();
    server = await startServer(args);
    const listed = await listAll(server.baseUrl, adaToken, roomId);
    expect(posting.acknowledged.filter(({ id }) => !listed.has(id))).toEqual([]);
  });
});
