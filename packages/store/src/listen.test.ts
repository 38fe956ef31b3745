import { createDatabase } from '@moothall/testkit';
import { afterAll, expect, inject, it } from 'vitest';
import { startListener } from './listen.ts';
import { type DatabaseAddress, ReopenablePool } from './pool.ts';
import { createSignals } from './signals.ts';

const server = JSON.parse(inject('testServer')) as DatabaseAddress;
const database = await createDatabase(server);
afterAll(() => database.drop());

it('hears the topics of other processes, also after its connection was cut', async () => {
  const signals = createSignals();
  const heard: string[] = [];
  signals.subscribe('event', () => heard.push('event'));
  signals.subscribe('job:mail', () => heard.push('job:mail'));
  const listener = startListener(database.address, signals, () => {});
  const pool = new ReopenablePool(database.address, { maxConnections: 1, statementTimeoutMs: 5000 });
  const tell = () => pool.query("select pg_notify('moot', $1)", ['event\njob:mail']);
  await expect.poll(async () => (await tell()) && heard.includes('job:mail')).toBe(true);
  await pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'",
  );
  heard.length = 0;
  await expect.poll(async () => (await tell()) && heard.includes('event')).toBe(true);
  await listener.stop();
  await pool.end();
});
