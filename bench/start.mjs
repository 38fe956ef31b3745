import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startServer, temporaryFolder } from './processes.mjs';
import { median } from './statistics.mjs';

const ROUNDS = 3;

function residentMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

/** What this machine needs to start Node and to do nothing, in seconds: for scale. */
function bareNode() {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    return (performance.now() - started) / 1000;
  });
  return median(times);
}

async function timed(data) {
  const started = performance.now();
  const server = await startServer(['--data', data]);
  return { server, seconds: (performance.now() - started) / 1000 };
}

/** From the command to `ready`, on an empty and on an existing folder; then the memory of the idle process. */
export async function run() {
  const empty = [];
  const existing = [];
  const memory = [];
  const folders = [];
  for (let round = 0; round < ROUNDS; round++) {
    const folder = temporaryFolder();
    folders.push(folder);
    const first = await timed(folder.data);
    empty.push(first.seconds);
    await first.server.stop();
    const again = await timed(folder.data);
    existing.push(again.seconds);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    memory.push(residentMegabytes(again.server.pid));
    await again.server.stop();
  }
  // At the end: ext4 passes over each inode that was removed in the last minutes, which the next round would pay for.
  for (const folder of folders) folder.remove();
  console.log(`node alone: ${bareNode().toFixed(2)} s`);
  console.log(
    `empty folder: ${empty.map((value) => value.toFixed(2)).join(', ')} s; existing: ${existing.map((value) => value.toFixed(2)).join(', ')} s`,
  );
  console.log(`resident memory, idle: ${memory.map(Math.round).join(', ')} MB`);
  return [
    { what: 'start on an empty folder / 3 s', ratio: median(empty) / 3, atMost: 1 },
    { what: 'start on an existing folder / 1.5 s', ratio: median(existing) / 1.5, atMost: 1 },
    { what: 'idle memory / 150 MB', ratio: median(memory) / 150, atMost: 1 },
  ];
}
