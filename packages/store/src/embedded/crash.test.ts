import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clusterName } from './address.ts';
import { startEmbedded } from './index.ts';
import { clusterProcesses } from './leftovers.ts';
import { postmasterPid, processEntry } from './processes.ts';
import {
  kill,
  launchInChild,
  layOutClone,
  query,
  remove,
  startInChild,
  temporaryFolder,
} from './test-support.ts';

let root: string;
let dataDir: string;
let lines: string[];
const log = (line: string) => lines.push(line);

beforeAll(async () => {
  root = temporaryFolder();
  await layOutClone(root);
});
afterAll(() => remove(root));
beforeEach(({ task }) => {
  dataDir = join(root, task.id);
  lines = [];
});

test('SIGKILL of the process loses nothing that was committed, and the next start works', async () => {
  const { child, address } = await startInChild(root, dataDir);
  await query(address, 'create table note (n int)');
  for (let n = 0; n < 50; n += 1) await query(address, `insert into note values (${n})`);
  await kill(child);
  const cluster = await startEmbedded({ dataDir, log });
  expect(cluster.fresh).toBe(false);
  expect(await query(cluster.address, 'select count(*)::int as kept from note')).toEqual([{ kept: 50 }]);
  await cluster.stop();
});

test('PostgreSQL ends by itself after SIGKILL of the process', async () => {
  const { child, dataDir: clusterDir } = await startInChild(root, dataDir);
  const name = clusterName(clusterDir);
  expect(clusterProcesses(name)).not.toEqual([]);
  await kill(child);
  await expect.poll(() => clusterProcesses(name)).toEqual([]);
});

test('an orphan whose shell was killed too is ended by the next start', async () => {
  const { child, dataDir: clusterDir } = await startInChild(root, dataDir);
  const postmaster = postmasterPid(clusterDir) ?? 0;
  const shell = processEntry(postmaster)?.parentPid ?? 0;
  const watchers = watchersOf(shell);
  for (const pid of [...watchers, shell]) process.kill(pid, 'SIGKILL');
  await kill(child);
  await sleep(200);
  expect(processEntry(postmaster)).toBeDefined();
  const cluster = await startEmbedded({ dataDir, log });
  expect(processEntry(postmaster)).toBeUndefined();
  expect(lines).toEqual([expect.stringContaining('left running')]);
  await cluster.stop();
});

test('a folder that a living process uses is waited for, and started when that one ends', async () => {
  const { child, dataDir: clusterDir } = await startInChild(root, dataDir);
  const postmaster = postmasterPid(clusterDir);
  const starting = startEmbedded({ dataDir, log });
  await expect.poll(() => lines).toEqual([expect.stringContaining(`process ${child.pid}`)]);
  await sleep(300);
  expect(postmasterPid(clusterDir)).toBe(postmaster);
  await kill(child);
  const cluster = await starting;
  expect(postmasterPid(clusterDir)).not.toBe(postmaster);
  await expect(startEmbedded({ dataDir, log })).rejects.toThrow(`in use by process ${process.pid}`);
  await cluster.stop();
});

test('a process file of a dead process, or one that names a foreign process, does not block', async () => {
  await startEmbedded({ dataDir }).then((cluster) => cluster.stop());
  const processFile = join(dataDir, 'postgres', 'postmaster.pid');
  for (const pid of [2 ** 22 - 1, process.pid]) {
    writeFileSync(processFile, `${pid}\n${join(dataDir, 'postgres')}\n1\n5432\n/tmp\n\n0 0\nready   \n`);
    const cluster = await startEmbedded({ dataDir, log });
    expect(readFileSync(processFile, 'utf8')).not.toContain(`${pid}\n`);
    await cluster.stop();
  }
});

test('an initdb that was killed half-way is neither taken for a cluster nor left behind', async () => {
  mkdirSync(join(dataDir, 'postgres.init-4194303-abcdef', 'base'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres.init-4194303-abcdef', 'PG_VERSION'), '18\n');
  const cluster = await startEmbedded({ dataDir, log });
  expect(cluster.fresh).toBe(true);
  expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.log']);
  await cluster.stop();
});

test.each([250, 400, 550])(
  'SIGKILL %i ms after the very first start leaves a folder that can be started',
  async (ms) => {
    const { child } = launchInChild(root, dataDir);
    await sleep(ms);
    await kill(child);
    const cluster = await startEmbedded({ dataDir, log });
    expect(await query(cluster.address, 'select 1 as one')).toEqual([{ one: 1 }]);
    await cluster.stop();
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.log']);
  },
);

test('two processes that start on one new folder do not harm each other', async () => {
  const children = [launchInChild(root, dataDir), launchInChild(root, dataDir)];
  const first = await Promise.race(children.map(({ started }) => started));
  await query(first.address, 'create table kept ()');
  await kill(first.child);
  const other = children.find(({ child }) => child !== first.child);
  if (other === undefined) throw new Error('two children were launched');
  const second = await other.started;
  await query(second.address, 'select * from kept');
  await kill(second.child);
});

test('a folder with something else in the place of the cluster is refused and left alone', async () => {
  mkdirSync(join(dataDir, 'postgres'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres', 'mine.txt'), 'mine');
  await expect(startEmbedded({ dataDir, log })).rejects.toThrow('is not a PostgreSQL cluster');
  expect(readdirSync(dataDir)).toEqual(['postgres']);
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
  await expect(startEmbedded({ dataDir, log })).rejects.toThrow('cluster of PostgreSQL 15');
});

function watchersOf(parent: number): number[] {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
  return children.map(Number).filter((pid) => processEntry(pid)?.command.includes('moothall-postgres'));
}
