import { benchWorld, roomId, token } from './bench-world.mjs';
import { load, startProduction } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 3;
const body = JSON.stringify({ roomId, text: 'A message of the usual length, as people write them.' });
const requests = [{ method: 'POST', path: '/v1/messages', token, body }];
const ONE_EACH = 'message.commit_batch=1';

/** Posts of 64 connections in shared commits, against the same server with one commit each. */
export async function run() {
  const grouped = [];
  const single = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [results, limits] of [
      [grouped, ''],
      [single, ONE_EACH],
    ]) {
      const server = await startProduction(benchWorld(50), { limits });
      const job = { origin: server.url, connections: 64, warmUpMs: 1000, measureMs: 3000, requests };
      results.push((await load(job)).perSecond);
      await server.stop();
      server.remove();
    }
  }
  console.log(
    `shared commits: ${grouped.map(Math.round).join(', ')} per second; one each: ${single.map(Math.round).join(', ')}`,
  );
  return [{ what: 'shared commits / one commit each', ratio: median(grouped) / median(single), atLeast: 4 }];
}
