import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request } from 'undici';
import { root, startServer, temporaryFolder } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 7;
const PAUSE_MS = 1500;
const MOOT = join(root, 'scripts', 'moot.mjs');
const LAB_KEY = 'the-key-of-the-bench';

/** A world of 1 000 people in 100 rooms of ten. */
function largeWorld() {
  const people = Array.from({ length: 1000 }, (_, index) => ({
    key: `p${index}`,
    email: `p${index}@acme.test`,
    displayName: `Person ${index}`,
  }));
  const rooms = Array.from({ length: 100 }, (_, index) => {
    const members = people.slice(index * 10, index * 10 + 10).map(({ key }) => key);
    return { key: `r${index}`, title: `Room ${index}`, creator: members[0], members };
  });
  return { orgs: [{ key: 'acme', displayName: 'Acme', domains: ['acme.test'], people, rooms }] };
}

async function startWith(args) {
  const folder = temporaryFolder();
  const file = join(folder.parent, 'world.json');
  writeFileSync(file, JSON.stringify(largeWorld()));
  const started = performance.now();
  const server = await startServer(['--data', folder.data, ...args(file)], { MOOT_LAB_KEY: LAB_KEY });
  return { server, folder, seconds: (performance.now() - started) / 1000 };
}

async function resetOver(url) {
  const reply = await request(`${url}/lab/v1/reset`, {
    method: 'POST',
    headers: { authorization: `Bearer ${LAB_KEY}` },
  });
  if (reply.statusCode !== 200) throw new Error(`reset: ${reply.statusCode} ${await reply.body.text()}`);
  await reply.body.dump();
}

/** Milliseconds of each round, with a pause after each. */
async function timed(work, pauseMs) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return times;
}

const node = (...args) => promisify(execFile)(process.execPath, args);

/** Resets by requests with and without a pause, by the command, and what Node alone takes. */
async function timeResets({ server, folder }) {
  const byRequest = () => resetOver(server.url);
  const byCommand = () => node(MOOT, 'reset', '--data', folder.data);
  return {
    'one after the other': await timed(byRequest, 0),
    'with pauses': await timed(byRequest, PAUSE_MS),
    '`moot reset`': await timed(byCommand, PAUSE_MS),
    '`moot reset` in a loop': await timed(byCommand, 0),
    '`node -e 0`': await timed(() => node('-e', '0'), PAUSE_MS),
  };
}

/** What a large world adds to a start on an empty folder, and a reset of it. */
export async function run() {
  const empty = [];
  const loaded = [];
  let resets = {};
  for (let round = 0; round < 3; round++) {
    const bare = await startWith(() => ['--no-demo']);
    empty.push(bare.seconds);
    await bare.server.stop();
    bare.folder.remove();
    const large = await startWith((file) => ['--world', file]);
    loaded.push(large.seconds);
    if (round === 2) resets = await timeResets(large);
    await large.server.stop();
    large.folder.remove();
  }
  const load = median(loaded) - median(empty);
  console.log(
    `start without a world ${median(empty).toFixed(2)} s, with 1 000 people and 100 rooms ${median(loaded).toFixed(2)} s`,
  );
  for (const [how, times] of Object.entries(resets)) {
    console.log(`reset, ${how}: ${times.map((ms) => Math.round(ms)).join(', ')} ms`);
  }
  return [
    { what: 'load of 1 000 people and 100 rooms / 1 s', ratio: load, atMost: 1 },
    { what: 'request for a reset / 300 ms', ratio: median(resets['with pauses']) / 300, atMost: 1 },
    { what: '`moot reset` / 300 ms', ratio: median(resets['`moot reset`']) / 300, atMost: 1 },
    {
      what: '`moot reset` in a loop / 300 ms',
      ratio: median(resets['`moot reset` in a loop']) / 300,
      atMost: 1,
    },
  ];
}
