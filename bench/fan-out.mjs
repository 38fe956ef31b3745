import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { benchWorld, roomId, tokenOf } from './bench-world.mjs';
import { startEjabberd, startProsody } from './fan-out/peers.mjs';
import { runJob, startProduction, startScript } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 3;
const SECONDS = 3;
const MEMBERS = 100;
/** What a frame of the product has for such a message. */
const FRAME_BYTES = 1700;

const shapes = [
  { name: '100 members, 16 in flight', members: MEMBERS, inFlight: 16 },
  { name: '10 members, 1 in flight', members: 10, inFlight: 1 },
];

async function startAll() {
  if (!existsSync('/usr/sbin/ejabberdctl') || !existsSync('/usr/bin/prosody'))
    throw new Error(
      'the peers are missing: apt-get install --no-install-recommends ejabberd prosody prosody-modules',
    );
  const world = benchWorld(MEMBERS, { tokens: true });
  const limits = 'registration.per_person=10000';
  const moot = await startProduction(world, { limits });
  const bare = await startScript('fan-out/bare-sockets.mjs', String(FRAME_BYTES));
  const onDisk = await startScript(
    'fan-out/bare-sockets.mjs',
    String(FRAME_BYTES),
    join(moot.data, 'frames'),
  );
  const prosody = await startProsody();
  const ejabberd = await startEjabberd();
  const tokens = Array.from({ length: MEMBERS }, (_, index) => tokenOf(index));
  return {
    jobs: {
      moot: { kind: 'moot', baseUrl: moot.url, tokens, roomId },
      bare: { kind: 'bare', baseUrl: bare.url },
      'bare, on disk': { kind: 'bare', baseUrl: onDisk.url },
      prosody: { kind: 'xmpp', port: prosody.port },
      ejabberd: { kind: 'xmpp', port: ejabberd.port },
    },
    async stop() {
      await Promise.all([moot.stop(), bare.stop(), onDisk.stop(), prosody.stop(), ejabberd.stop()]);
      moot.remove();
    },
  };
}

async function measureAll(jobs, shape) {
  const found = Object.fromEntries(Object.keys(jobs).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, job] of Object.entries(jobs))
      found[name].push(await runJob('fan-out/members.mjs', { ...job, ...shape, seconds: SECONDS }));
  for (const [name, results] of Object.entries(found)) {
    const rounds = results.map((one) => Math.round(one.deliveriesPerSecond)).join(', ');
    const p50 = median(results.map((one) => one.p50Ms)).toFixed(2);
    const p99 = median(results.map((one) => one.p99Ms)).toFixed(2);
    console.log(`${shape.name}: ${name}: ${rounds} deliveries/s; p50 ${p50} ms, p99 ${p99} ms`);
  }
  const of = (name, what) => median(found[name].map((one) => one[what]));
  return of;
}

/**
 * Post to seen by every member, beside ejabberd and prosody with history on, and a bare broadcast of the same bytes:
 * kept nowhere, and kept on disk first, as ours are and as prosody's are not.
 */
export async function run() {
  const servers = await startAll();
  try {
    const many = await measureAll(servers.jobs, shapes[0]);
    const few = await measureAll(servers.jobs, shapes[1]);
    const times = (name) => many('moot', 'deliveriesPerSecond') / many(name, 'deliveriesPerSecond');
    const faster = (name) => few(name, 'p50Ms') / few('moot', 'p50Ms');
    return [
      { what: 'deliveries at 100 members, 16 in flight / ejabberd', ratio: times('ejabberd'), atLeast: 3 },
      { what: 'deliveries at 100 members, 16 in flight / prosody', ratio: times('prosody'), atLeast: 3 },
      { what: 'deliveries at 100 members, 16 in flight / bare ws', ratio: times('bare'), atLeast: 0.6 },
      { what: 'p50 of ejabberd / ours, 10 members, 1 in flight', ratio: faster('ejabberd'), atLeast: 2 },
      { what: 'p50 of prosody / ours, 10 members, 1 in flight', ratio: faster('prosody'), atLeast: 2 },
    ];
  } finally {
    await servers.stop();
  }
}
