import { benchWorld, roomId, token } from './bench-world.mjs';
import { load, startProduction, startScript } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 3;
const requests = [
  {
    method: 'POST',
    path: '/v1/messages',
    token,
    body: JSON.stringify({ roomId, text: 'A message of the usual length, as people write them.' }),
  },
];

async function measure(origin, connections) {
  const result = await load({ origin, connections, warmUpMs: 1500, measureMs: 4000, requests });
  if (result.failures > 0) throw new Error(`${result.failures} requests failed`);
  return result;
}

/** Durable POST /v1/messages, room of 50, 64 connections, against raw node:http that does the same job in memory. */
export async function run() {
  const server = await startProduction(benchWorld(50));
  const raw = await startScript('raw-http.mjs', token, roomId);
  const ours = [];
  const baseline = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await measure(server.url, 64));
    baseline.push(await measure(raw.url, 64));
  }
  await raw.stop();
  await server.stop();
  const show = (name, rows) =>
    console.log(
      `${name}: ${rows.map((row) => Math.round(row.perSecond)).join(', ')} per second; p99 ${median(rows.map((row) => row.p99Ms)).toFixed(1)} ms`,
    );
  show('Moothall, durable', ours);
  show('raw node:http, in memory', baseline);
  const ratio = median(ours.map((row) => row.perSecond)) / median(baseline.map((row) => row.perSecond));
  return [{ what: 'durable POST / raw node:http', ratio, atLeast: 0.25 }];
}
