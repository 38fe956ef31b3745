import { createHmac } from 'node:crypto';
import { Agent, Pool, request, setGlobalDispatcher } from 'undici';
import { benchWorld, roomId, token } from './bench-world.mjs';
import { startProduction, startScript } from './processes.mjs';
import { median, quantile } from './statistics.mjs';

const WEBHOOKS = 64;
const POSTS = 300;
const ROUNDS = 3;
const WARM_UP_POSTS = 600;
// Those who post do so over 64 connections: opening one for each post is not what is measured.
setGlobalDispatcher(new Agent({ connections: 64 }));
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

async function call(origin, method, path, body) {
  const reply = await request(origin + path, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (reply.statusCode >= 300)
    throw new Error(`${method} ${path}: ${reply.statusCode} ${await reply.body.text()}`);
  return reply.statusCode === 204 ? undefined : reply.body.json();
}

const sinkState = async (sink, path = '/') => (await request(sink + path)).body.json();

function hook(origin, sink, path, name) {
  const body = {
    name,
    targetUrl: sink + path,
    resource: 'messages',
    event: 'created',
    secret: 'a secret of the bench',
  };
  return call(origin, 'POST', '/v1/webhooks', body);
}

async function waitFor(sink, count) {
  for (;;) {
    const state = await sinkState(sink);
    if (state.count >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Posts at once, heard by all webhooks: deliveries per second from the first post to the last arrival. */
async function deliveriesPerSecond(origin, sink) {
  await sinkState(sink, '/reset');
  const started = performance.now();
  const post = (index) => call(origin, 'POST', '/v1/messages', { roomId, text: `message ${index}` });
  await Promise.all(Array.from({ length: POSTS }, (_, index) => post(index)));
  await waitFor(sink, POSTS * WEBHOOKS);
  return (POSTS * WEBHOOKS) / ((performance.now() - started) / 1000);
}

/** The same number of signed requests by undici alone, from memory. */
async function bareUndici(sink) {
  await sinkState(sink, '/reset');
  const pool = new Pool(sink, { connections: 64 });
  const body = JSON.stringify({ id: 'x'.repeat(76), data: { id: 'y'.repeat(76), text: 'z'.repeat(700) } });
  const started = performance.now();
  let left = POSTS * WEBHOOKS;
  const worker = async () => {
    while (left-- > 0) {
      const signature = createHmac('sha1', 'a secret of the bench').update(body).digest('hex');
      const sent = { 'content-type': 'application/json', 'x-spark-signature': signature };
      const reply = await pool.request({ method: 'POST', path: '/', body, headers: sent });
      await reply.body.dump();
    }
  };
  await Promise.all(Array.from({ length: 64 }, worker));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return (POSTS * WEBHOOKS) / seconds;
}

/** Times from the start of a post to its arrival, at 200 posts a second for 5 seconds. */
async function latencies(origin, sink) {
  await sinkState(sink, '/reset');
  const begun = new Map();
  const posts = [];
  for (let index = 0; index < WARM_UP_POSTS + 1000; index++) {
    const at = performance.timeOrigin + performance.now();
    posts.push(
      call(origin, 'POST', '/v1/messages', { roomId, text: `timed ${index}` }).then(({ id }) => {
        if (index >= WARM_UP_POSTS) begun.set(id, at);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Promise.all(posts);
  await waitFor(sink, posts.length);
  const { arrivals } = await sinkState(sink);
  return [...begun].map(([id, at]) => arrivals[id] - at).sort((a, b) => a - b);
}

/** Signed deliveries per second against bare undici, and the time from post to delivered. */
export async function run() {
  const server = await startProduction(benchWorld(5));
  const sink = await startScript('sink.mjs');
  const timed = await hook(server.url, sink.url, '/timed', 'timed');
  const times = await latencies(server.url, sink.url);
  await call(server.url, 'DELETE', `/v1/webhooks/${timed.id}`);
  for (let index = 0; index < WEBHOOKS; index++) await hook(server.url, sink.url, '/', `hook ${index}`);
  const ours = [];
  const bare = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await deliveriesPerSecond(server.url, sink.url));
    bare.push(await bareUndici(sink.url));
  }
  await server.stop();
  await sink.stop();
  server.remove();
  console.log(
    `signed deliveries: ${ours.map(Math.round).join(', ')} per second; bare undici: ${bare.map(Math.round).join(', ')}`,
  );
  console.log(
    `post to delivered at 200 posts/s: p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`,
  );
  return [
    { what: 'signed deliveries / bare undici', ratio: median(ours) / median(bare), atLeast: 0.4 },
    { what: 'post to delivered, p99 / 50 ms', ratio: quantile(times, 0.99) / 50, atMost: 1 },
  ];
}
