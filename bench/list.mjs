import { benchWorld, roomId, roomUuid, token } from './bench-world.mjs';
import { connectTo } from './database.mjs';
import { load, startProduction } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 3;
const FILL = `
  insert into message (room_id, id, person_id, text, created)
  select $1::uuid, gen_random_uuid(), (select person_id from membership where room_id = $1::uuid limit 1),
    'message number ' || number, '2026-01-01T00:00:00Z'::timestamptz + number * interval '1 ms'
  from generate_series($2::int, $3::int) number`;

async function fill(client, from, to) {
  await client.query(FILL, [roomUuid, from, to]);
  await client.query('analyze message');
}

async function p99(origin) {
  const requests = [{ method: 'GET', path: `/v1/messages?roomId=${roomId}&max=50`, token }];
  const result = await load({ origin, connections: 4, warmUpMs: 500, measureMs: 2500, requests });
  if (result.failures > 0) throw new Error(`${result.failures} requests failed`);
  return result;
}

/** The 50 latest messages of a room of a million, against a room of ten thousand. */
export async function run() {
  const server = await startProduction(benchWorld(5));
  const client = await connectTo(server.data);
  const measure = async () => {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await p99(server.url));
    return rounds;
  };
  await fill(client, 1, 10_000);
  const small = await measure();
  await fill(client, 10_001, 1_000_000);
  await client.query('checkpoint');
  const large = await measure();
  await client.end();
  await server.stop();
  server.remove();
  const line = (rows) =>
    `${Math.round(median(rows.map((row) => row.perSecond)))}/s, p50 ${median(rows.map((row) => row.p50Ms)).toFixed(2)} ms, p99 ${median(rows.map((row) => row.p99Ms)).toFixed(2)} ms`;
  console.log(`of 10 000: ${line(small)}\nof 1 000 000: ${line(large)}`);
  const ratio = median(large.map((row) => row.p99Ms)) / median(small.map((row) => row.p99Ms));
  return [{ what: 'list 50 of 1 M: p99 / p99 at 10 k', ratio, atMost: 2 }];
}
