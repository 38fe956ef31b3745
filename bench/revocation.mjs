import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleModule } from '../scripts/build/bundle.mjs';
import { load, startFile } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 3;
const REVOCATIONS = 10;
const root = fileURLToPath(new URL('..', import.meta.url));

async function bundledNode() {
  const folder = join(root, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'revocation-node.mjs');
  writeFileSync(file, await bundleModule(root, join(root, 'bench', 'revocation-node.ts')));
  return async (...args) => {
    const started = await startFile(file, ...args);
    const space = started.url.indexOf(' ');
    return { ...started, url: started.url.slice(0, space), shown: JSON.parse(started.url.slice(space + 1)) };
  };
}

const statusOf = async ({ url }, token) =>
  (await fetch(`${url}/v1/people/me`, { headers: { authorization: `Bearer ${token}` } })).status;

async function perSecond({ url: origin }, token) {
  const requests = [{ method: 'GET', path: '/v1/people/me', token }];
  const result = await load({ origin, connections: 64, warmUpMs: 1000, measureMs: 2000, requests });
  if (result.failures > 0) throw new Error(`${result.failures} requests failed`);
  return result.perSecond;
}

/** Revokes a token that all know. @returns when each node was last seen to take it, in ms after the reply */
async function revoke(nodes, admin, { token, id }) {
  for (const node of nodes)
    if ((await statusOf(node, token)) !== 200) throw new Error('the token was not taken before');
  const headers = { authorization: `Bearer ${admin}` };
  await fetch(`${nodes[0].url}/v1/authorizations/${id}`, { method: 'DELETE', headers });
  const revokedAt = performance.now();
  return Promise.all(
    nodes.map(async (node) => {
      let lastMs = 0;
      for (let sentMs = 0; (await statusOf(node, token)) === 200; sentMs = performance.now() - revokedAt)
        lastMs = sentMs;
      return lastMs;
    }),
  );
}

async function compareCaches(cached, uncached, token) {
  const figures = { cached: [], uncached: [] };
  for (let round = 0; round < ROUNDS; round++) {
    figures.cached.push(await perSecond(cached, token));
    figures.uncached.push(await perSecond(uncached, token));
  }
  console.log(
    `people/me per second, tokens cached: ${figures.cached.map(Math.round).join(', ')}; not: ${figures.uncached.map(Math.round).join(', ')}`,
  );
  return median(figures.cached) / median(figures.uncached);
}

/** What caching tokens gives, and how long a revoked token is taken yet: by its own process and by another. */
export async function run() {
  const start = await bundledNode();
  const first = await start();
  const { database, admin, tokens } = first.shown;
  const second = await start(JSON.stringify(database));
  const uncached = await start(JSON.stringify(database), 'uncached');
  const gain = await compareCaches(first, uncached, tokens[0].token);
  const seen = [];
  for (const token of tokens.slice(0, REVOCATIONS)) seen.push(await revoke([first, second], admin, token));
  for (const node of [uncached, second, first]) await node.stop();
  const [own, other] = [0, 1].map((node) => Math.max(...seen.map((times) => times[node])));
  console.log(
    `taken after its revocation, at most: ${own} ms on the same process, ${other.toFixed(0)} ms on another`,
  );
  return [
    { what: 'people/me with tokens cached / read each time', ratio: gain, atLeast: 1.2 },
    { what: 'revoked tokens taken by the same process', ratio: own, atMost: 0 },
    { what: 'revoked token taken by another process / 1 s', ratio: other / 1000, atMost: 1 },
  ];
}
