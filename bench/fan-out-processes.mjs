import { readFileSync } from 'node:fs';
import { benchWorld, roomId, tokenOf } from './bench-world.mjs';
import { startShared } from './fan-out/shared-database.mjs';
import { runJob } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 3;
const MEMBERS = 100;
const IN_FLIGHT = 16;
const SECONDS = 3;
const TICKS_PER_SECOND = 100;

function processorSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

const used = (servers) => servers.reduce((sum, { pid }) => sum + processorSeconds(pid), 0);

/** Fans out through some processes, each with a socket of every member. */
async function measure(servers) {
  const [first, ...others] = servers;
  const job = {
    kind: 'moot',
    baseUrl: first.url,
    alsoAt: others.map(({ url }) => url),
    tokens: Array.from({ length: MEMBERS }, (_, index) => tokenOf(index)),
    ...{ roomId, members: MEMBERS, inFlight: IN_FLIGHT, seconds: SECONDS },
  };
  const before = used(servers);
  const begun = performance.now();
  const { deliveriesPerSecond } = await runJob('fan-out/members.mjs', job);
  const cores = (used(servers) - before) / ((performance.now() - begun) / 1000);
  return {
    perProcess: deliveriesPerSecond / servers.length,
    perProcessorSecond: deliveriesPerSecond / cores,
  };
}

function show(what, results) {
  const of = (name) => results.map((one) => Math.round(one[name])).join(', ');
  console.log(
    `${what}: ${of('perProcess')} deliveries/s per process, ${of('perProcessorSecond')} per processor second`,
  );
}

/**
 * Two processes that NATS wakes, beside one alone. The ratio is taken per second of processor time: two processes, the
 * database, NATS and the load share the cores of one machine, on which the plain rate would only measure their number.
 */
export async function run() {
  const shared = await startShared(benchWorld(MEMBERS, { tokens: true }));
  const results = { one: [], two: [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      results.one.push(await measure(shared.servers.slice(0, 1)));
      results.two.push(await measure(shared.servers));
    }
  } finally {
    await shared.stop();
  }
  show('one process', results.one);
  show('two processes with NATS', results.two);
  const of = (name) => median(results[name].map((one) => one.perProcessorSecond));
  return [
    {
      what: 'deliveries per processor second, two processes with NATS / one alone',
      ratio: of('two') / of('one'),
      atLeast: 0.8,
    },
  ];
}
