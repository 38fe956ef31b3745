import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClusterAddress, clusterUrl, type EmbeddedCluster, startEmbedded } from './embedded/index.ts';
import { remove, temporaryFolder } from './embedded/test-support.ts';
import { ensureWorldDatabase } from './world-database.ts';

let folder: string;
let cluster: EmbeddedCluster;
beforeAll(async () => {
  folder = temporaryFolder();
  cluster = await startEmbedded({ dataDir: folder, durable: false });
}, 60_000);
afterAll(async () => {
  await cluster.stop();
  remove(folder);
});

async function connected<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(clusterUrl(cluster.address, database));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const names = () =>
  connected('template1', async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database order by 1');
    return rows.map(({ datname }) => datname);
  });
const drop = () => connected('template1', (client) => client.query('drop database moothall with (force)'));
const ensure = (address: ClusterAddress = cluster.address) => ensureWorldDatabase(address);

test('a new cluster gives its initial database to the world', async () => {
  expect(await names()).toEqual(['postgres', 'template0', 'template1']);
  expect(await ensure()).toEqual({
    address: clusterUrl(cluster.address, 'moothall'),
    maintenance: clusterUrl(cluster.address, 'template1'),
  });
  expect(await names()).toEqual(['moothall', 'template0', 'template1']);
});

test('a database that exists stays as it is', async () => {
  await connected('moothall', (client) => client.query('create table note (body text)'));
  await ensure();
  expect(await connected('moothall', (client) => client.query('select from note'))).toMatchObject({
    rowCount: 0,
  });
});

test('without the initial database one is made, while others are connected to the template', async () => {
  await drop();
  await connected('template1', () => ensure());
  expect(await names()).toEqual(['moothall', 'template0', 'template1']);
});

test('an initial database that somebody is connected to is left to them', async () => {
  await drop();
  await connected('template1', (client) => client.query('create database postgres template template0'));
  await connected('postgres', () => ensure());
  expect(await names()).toEqual(['moothall', 'postgres', 'template0', 'template1']);
});

test('of several that begin together each finds the one that one of them made', async () => {
  await drop();
  await Promise.all([ensure(), ensure(), ensure()]);
  expect(await names()).toEqual(['moothall', 'template0', 'template1']);
});
