import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEmbedded } from './index.ts';
import { postmasterPid } from './processes.ts';
import { isRoot } from './run-user.ts';
import { kill, layOutClone, query, remove, startInChild, temporaryFolder } from './test-support.ts';

let root: string;
let caches: string[];
let lines: string[];

beforeEach(() => {
  root = temporaryFolder();
  caches = [];
  lines = [];
});
afterEach(() => {
  for (const folder of [root, ...caches]) remove(folder);
});

async function start(dataDir: string) {
  const cluster = await startEmbedded({ dataDir, durable: false, log: (line) => lines.push(line) });
  if (!cluster.dataDir.startsWith(root)) caches.push(dirname(cluster.dataDir));
  return cluster;
}

describe.runIf(isRoot())('as root (needs root)', () => {
  test('another user runs the cluster and owns it; the data folder can be passed through', async () => {
    const cluster = await start(join(root, 'data'));
    const { uid } = statSync(`/proc/${postmasterPid(cluster.dataDir)}`);
    expect(uid).not.toBe(0);
    expect(statSync(cluster.dataDir).uid).toBe(uid);
    expect(statSync(join(root, 'data')).mode & 0o777).toBe(0o711);
    expect(lines).toEqual([]);
    await cluster.stop();
  });

  test('a cluster that root owns, as after a restore, is given back to its user', async () => {
    await (await start(join(root, 'data'))).stop();
    const clusterDir = join(root, 'data', 'postgres');
    chownSync(join(clusterDir, 'global', 'pg_control'), 0, 0);
    chownSync(clusterDir, 0, 0);
    const cluster = await start(join(root, 'data'));
    expect(statSync(join(clusterDir, 'global', 'pg_control')).uid).toBe(statSync(clusterDir).uid);
    await cluster.stop();
  });

  test('a clone and its data in a 0700 folder work from the cache and keep their data', async () => {
    const clone = join(root, 'clone');
    mkdirSync(clone);
    await layOutClone(clone);
    chmodSync(root, 0o700);
    const first = await startInChild(clone, join(clone, '.moot'));
    caches.push(dirname(first.dataDir));
    expect(first.dataDir).toMatch(/^\/var\/tmp\/moothall-[0-9a-f]{32}\/postgres$/);
    await query(first.address, 'create table kept ()');
    await kill(first.child);
    const second = await startInChild(clone, join(clone, '.moot'));
    expect(second).toMatchObject({ dataDir: first.dataDir, fresh: false });
    await query(second.address, 'select * from kept');
    await kill(second.child);
  });

  test('an emptied data folder is a new world, and the log says where each lies', async () => {
    chmodSync(root, 0o700);
    const data = join(root, 'data');
    const first = await start(data);
    await first.stop();
    remove(data);
    const second = await start(data);
    expect(second.fresh).toBe(true);
    expect(second.dataDir).not.toBe(first.dataDir);
    expect(lines).toEqual([expect.stringContaining(first.dataDir), expect.stringContaining(second.dataDir)]);
    await second.stop();
  });

  test('a moved data folder keeps its cached cluster, a copied one does not share it', async () => {
    chmodSync(root, 0o700);
    const first = await start(join(root, 'data'));
    await first.stop();
    renameSync(join(root, 'data'), join(root, 'moved'));
    const moved = await start(join(root, 'moved'));
    expect(moved).toMatchObject({ dataDir: first.dataDir, fresh: false });
    await moved.stop();
    cpSync(join(root, 'moved'), join(root, 'copy'), { recursive: true });
    await expect(start(join(root, 'copy'))).rejects.toThrow(`belongs to ${join(root, 'moved')}`);
  });

  test('data out of reach or gone is an error with a remedy, never an empty cluster', async () => {
    await (await start(join(root, 'data'))).stop();
    chmodSync(root, 0o700);
    await expect(start(join(root, 'data'))).rejects.toThrow('cannot reach it');
    const cached = await start(join(root, 'other'));
    await cached.stop();
    remove(dirname(cached.dataDir));
    await expect(start(join(root, 'other'))).rejects.toThrow('put it back from a backup');
    expect(existsSync(cached.dataDir)).toBe(false);
  });
});

test('the cluster lies in the data folder whose parents its user may pass', async () => {
  // Another user runs it under root, and must get through; an ordinary user's own folder may be closed to all others.
  chmodSync(root, isRoot() ? 0o755 : 0o700);
  const cluster = await start(join(root, 'data'));
  expect(cluster.dataDir).toBe(join(root, 'data', 'postgres'));
  expect(statSync(join(root, 'data')).mode & 0o777).toBe(isRoot() ? 0o711 : 0o700);
  await cluster.stop();
});
