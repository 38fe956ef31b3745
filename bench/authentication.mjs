import { benchWorld, token } from './bench-world.mjs';
import { load, startProduction } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 3;

/** GET /v1/people/me with a token, against a route of the same server that asks for none. */
export async function run() {
  const server = await startProduction(benchWorld(5));
  const measure = async (request) => {
    const result = await load({
      origin: server.url,
      connections: 64,
      warmUpMs: 1000,
      measureMs: 3000,
      requests: [request],
    });
    if (result.failures > 0) throw new Error(`${result.failures} requests failed`);
    return result.perSecond;
  };
  const authenticated = [];
  const open = [];
  for (let round = 0; round < ROUNDS; round++) {
    authenticated.push(await measure({ method: 'GET', path: '/v1/people/me', token }));
    open.push(await measure({ method: 'GET', path: '/healthz' }));
  }
  await server.stop();
  server.remove();
  console.log(`people/me: ${authenticated.map(Math.round).join(', ')} per second`);
  console.log(`healthz: ${open.map(Math.round).join(', ')} per second`);
  return [
    {
      what: 'authenticated people/me / a route without a token',
      ratio: median(authenticated) / median(open),
      atLeast: 0.7,
    },
  ];
}
