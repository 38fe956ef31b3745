import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { load, startProduction } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 3;
const MEASURE_MS = 5000;
const TICKS_PER_SECOND = 100;
const PASSWORD = 'correct-horse-battery-1';
/** As the product verifies it: the cost stands in the hash. */
const HASH_OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

function benchWorld() {
  const people = Array.from({ length: 60 }, (_, index) => ({
    key: `p${index}`,
    email: `p${index}@acme.test`,
    displayName: `Person ${index}`,
    password: PASSWORD,
  }));
  return { orgs: [{ key: 'acme', displayName: 'Acme', people }] };
}

/** Seconds of CPU that a process took so far, with all its threads. */
function cpuSecondsOf(pid) {
  const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** CPU that the server takes for each second in which nobody asks it for anything. */
async function idleShare(server) {
  const before = cpuSecondsOf(server.pid);
  await new Promise((resolve) => setTimeout(resolve, MEASURE_MS));
  return (cpuSecondsOf(server.pid) - before) / (MEASURE_MS / 1000);
}

async function signIns(server, idle = 0) {
  const requests = benchWorld().orgs[0].people.map(({ email }) => ({
    method: 'POST',
    path: '/idb/api/sign-in',
    body: JSON.stringify({ email, password: PASSWORD }),
  }));
  const before = cpuSecondsOf(server.pid);
  const started = performance.now();
  const result = await load({
    origin: server.url,
    connections: 4,
    warmUpMs: 0,
    measureMs: MEASURE_MS,
    requests,
  });
  if (result.failures > 0) throw new Error(`${result.failures} sign-ins failed`);
  const count = (result.perSecond * MEASURE_MS) / 1000;
  const idleSeconds = (idle * (performance.now() - started)) / 1000;
  return { ...result, perCpuSecond: count / (cpuSecondsOf(server.pid) - before - idleSeconds) };
}

async function bareHashes({ hash, verify }) {
  const stored = await hash(PASSWORD, HASH_OPTIONS);
  const [before, until] = [process.cpuUsage(), performance.now() + MEASURE_MS];
  let count = 0;
  const turn = async () => {
    for (; performance.now() < until; count++) await verify(stored, PASSWORD);
  };
  await Promise.all([turn(), turn()]);
  const { user, system } = process.cpuUsage(before);
  return (count * 1e6) / (user + system);
}

/** Sign-ins per CPU second of the server at the chosen cost, beside the bare hash. */
export async function run() {
  const argon2 = createRequire(new URL('../packages/platform/package.json', import.meta.url))(
    '@node-rs/argon2',
  );
  const server = await startProduction(benchWorld());
  try {
    await signIns(server);
    const idle = await idleShare(server);
    const [signedIn, bare] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      signedIn.push(await signIns(server, idle));
      bare.push(await bareHashes(argon2));
    }
    const perCpuSecond = median(signedIn.map((row) => row.perCpuSecond));
    console.log(
      `sign-ins: ${perCpuSecond.toFixed(1)} per CPU second, ${median(signedIn.map((row) => row.perSecond)).toFixed(1)} per second, p99 ${median(signedIn.map((row) => row.p99Ms)).toFixed(0)} ms; bare hash: ${median(bare).toFixed(1)} per CPU second`,
    );
    return [
      { what: 'sign-ins per CPU second / bare argon2id', ratio: perCpuSecond / median(bare), atLeast: 0.5 },
    ];
  } finally {
    await server.stop();
    server.remove();
  }
}
