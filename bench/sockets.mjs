import { readFileSync } from 'node:fs';
import { benchWorld, roomId, tokenOf } from './bench-world.mjs';
import { startProduction, startScript } from './processes.mjs';

const MEMBERS = 100;
const SOCKETS = 10_000;
const SETTLE_MS = 5000;
const FRAME_BYTES = 1700;

function residentBytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

/** Opens all sockets of a server. @returns bytes of memory per socket, and how long one message took to all */
async function hold(server, job) {
  await settle();
  const before = residentBytes(server.pid);
  const holder = await startScript('fan-out/holders.mjs', JSON.stringify({ ...job, sockets: SOCKETS }));
  await settle();
  const perSocket = (residentBytes(server.pid) - before) / SOCKETS;
  const allMs = Number(await holder.ask('SIGUSR2', 'heard'));
  await holder.stop();
  return { perSocket, allMs };
}

/** 10 000 registered sockets on one process: their memory beside bare ws, and a message that all of them get. */
export async function run() {
  const tokens = Array.from({ length: MEMBERS }, (_, index) => tokenOf(index));
  const bare = await startScript('fan-out/bare-sockets.mjs', String(FRAME_BYTES));
  const bareResult = await hold(bare, { kind: 'bare', baseUrl: bare.url });
  await bare.stop();
  const limits = 'registration.per_person=10000';
  const moot = await startProduction(benchWorld(MEMBERS, { tokens: true }), { limits });
  const ours = await hold(moot, { kind: 'moot', baseUrl: moot.url, tokens, roomId });
  await moot.stop();
  moot.remove();
  const kilobytes = ({ perSocket }) => (perSocket / 1024).toFixed(1);
  console.log(`${SOCKETS} sockets: ${kilobytes(ours)} kB each, bare ws ${kilobytes(bareResult)} kB`);
  console.log(`one message to all of them: ${ours.allMs} ms, bare ws ${bareResult.allMs} ms`);
  return [
    {
      what: 'memory of an idle socket beyond bare ws / 20 kB',
      ratio: (ours.perSocket - bareResult.perSocket) / (20 * 1024),
      atMost: 1,
    },
  ];
}
