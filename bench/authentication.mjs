import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleModule } from '../scripts/build/bundle.mjs';
import { load, startFile } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 5;
const root = fileURLToPath(new URL('..', import.meta.url));

async function startBundle() {
  const folder = join(root, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'same-route.mjs');
  writeFileSync(file, await bundleModule(root, join(root, 'bench', 'same-route.ts')));
  const started = await startFile(file);
  const [url, token] = started.url.split(' ');
  return { ...started, url, token };
}

/** GET /v1/people/me with a token, against the same handler on a route that asks for none. */
export async function run() {
  const server = await startBundle();
  const measure = async (request) => {
    const result = await load({
      origin: server.url,
      connections: 64,
      warmUpMs: 1000,
      measureMs: 2000,
      requests: [request],
    });
    if (result.failures > 0) throw new Error(`${result.failures} requests failed`);
    return result.perSecond;
  };
  const authenticated = [];
  const open = [];
  for (let round = 0; round < ROUNDS; round++) {
    authenticated.push(await measure({ method: 'GET', path: '/v1/people/me', token: server.token }));
    open.push(await measure({ method: 'GET', path: '/bench/people/me' }));
  }
  await server.stop();
  console.log(
    `with a token: ${authenticated.map(Math.round).join(', ')} per second; without: ${open.map(Math.round).join(', ')}`,
  );
  const ratio = median(authenticated) / median(open);
  return [{ what: 'people/me with a token / the same route without', ratio, atLeast: 0.7 }];
}
