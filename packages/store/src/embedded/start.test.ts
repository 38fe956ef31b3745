import { existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clusterName } from './address.ts';
import { findRunningCluster, startEmbedded } from './index.ts';
import { clusterProcesses } from './leftovers.ts';
import { query, remove, temporaryFolder } from './test-support.ts';

const fast = { durable: false };
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => remove(folder));

describe('startEmbedded', () => {
  test('creates a cluster on first start and keeps its data for the second', async () => {
    const first = await startEmbedded({ dataDir: folder, ...fast });
    expect(first).toMatchObject({ fresh: true, dataDir: join(folder, 'postgres') });
    await query(first.address, 'create table note (body text)');
    await query(first.address, "insert into note values ('kept')");
    await first.stop();
    const second = await startEmbedded({ dataDir: folder, ...fast });
    expect(second.fresh).toBe(false);
    expect(await query(second.address, 'select body from note')).toEqual([{ body: 'kept' }]);
    await second.stop();
  });

  test('is durable, private, UTC and UTF-8 unless told otherwise', async () => {
    const cluster = await startEmbedded({ dataDir: folder, settings: { work_mem: '8MB' } });
    const names = [
      'fsync',
      'full_page_writes',
      'synchronous_commit',
      'listen_addresses',
      'timezone',
      'work_mem',
    ];
    const columns = names.map((name) => `current_setting('${name}') as ${name}`).join(', ');
    const [settings] = await query(cluster.address, `select ${columns}`);
    expect(settings).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      listen_addresses: '',
      timezone: 'UTC',
      work_mem: '8MB',
    });
    const [text] = await query(
      cluster.address,
      "select lower('ÉÇ') as lower, current_setting('server_encoding') as encoding",
    );
    expect(text).toEqual({ lower: 'éç', encoding: 'UTF8' });
    expect(statSync(cluster.address.host).mode & 0o777).toBe(0o700);
    expect(statSync(cluster.dataDir).mode & 0o777).toBe(0o700);
    await cluster.stop();
  });

  test('stop leaves no process and no socket, also with a client connected and when called twice', async () => {
    const cluster = await startEmbedded({ dataDir: folder, ...fast });
    const name = clusterName(cluster.dataDir);
    expect(clusterProcesses(name).length).toBeGreaterThan(1);
    const sleeper = query(cluster.address, 'select pg_sleep(60)').catch((error: Error) => error);
    await Promise.all([cluster.stop(), cluster.stop()]);
    expect(await sleeper).toBeInstanceOf(Error);
    expect(clusterProcesses(name)).toEqual([]);
    expect(existsSync(cluster.address.host)).toBe(false);
  });

  test('runs two folders at once', async () => {
    const [a, b] = await Promise.all(
      ['a', 'b'].map((name) => startEmbedded({ dataDir: join(folder, name), ...fast })),
    );
    if (a === undefined || b === undefined) throw new Error('two clusters were started');
    expect(a.address.host).not.toBe(b.address.host);
    await query(a.address, 'create table only_in_a ()');
    expect(await query(b.address, "select to_regclass('only_in_a') as found")).toEqual([{ found: null }]);
    await Promise.all([a.stop(), b.stop()]);
  });

  test('works in a folder whose path is longer than a socket path may be', async () => {
    const dataDir = join(folder, 'long'.repeat(30), 'path with a blank');
    expect(dataDir.length).toBeGreaterThan(107);
    const cluster = await startEmbedded({ dataDir, ...fast });
    expect(await query(cluster.address, 'select 1 as one')).toEqual([{ one: 1 }]);
    await cluster.stop();
  });

  test('passes on what PostgreSQL says when a setting is wrong', async () => {
    const started = startEmbedded({ dataDir: folder, ...fast, settings: { work_mem: 'much' } });
    await expect(started).rejects.toThrow(/did not start[\s\S]*"work_mem": "much"/);
  });

  test('starts a log of more than 10 MB anew and keeps the old one', async () => {
    await startEmbedded({ dataDir: folder, ...fast }).then((cluster) => cluster.stop());
    const log = join(folder, 'postgres.log');
    truncateSync(log, 11 * 1024 * 1024);
    await startEmbedded({ dataDir: folder, ...fast }).then((cluster) => cluster.stop());
    expect(statSync(`${log}.1`).size).toBe(11 * 1024 * 1024);
    expect(readFileSync(log, 'utf8')).toContain('ready to accept connections');
    expect(statSync(log).mode & 0o777).toBe(0o600);
  });
});

test('findRunningCluster finds the cluster of a folder only while it runs', async () => {
  expect(findRunningCluster(folder)).toBeUndefined();
  const cluster = await startEmbedded({ dataDir: folder, ...fast });
  expect(findRunningCluster(folder)).toEqual(cluster.address);
  await cluster.stop();
  expect(findRunningCluster(folder)).toBeUndefined();
});
