import { expect, inject, it } from 'vitest';
import { type DatabaseAddress, ReopenablePool } from './pool.ts';

const server = JSON.parse(inject('testServer')) as DatabaseAddress;
const limits = { maxConnections: 1, statementTimeoutMs: 5000 };

it('waits for an address that is promised, and is open for whoever waited for it too', async () => {
  let know: (address: DatabaseAddress) => void = () => {};
  const promised = new Promise<DatabaseAddress>((resolve) => {
    know = resolve;
  });
  const pool = new ReopenablePool(promised, limits);
  const after = promised.then(() => pool.address);
  const early = pool.query<{ one: number }>('select 1 as one');
  expect(() => pool.address).toThrow('not known yet');
  know(server);
  expect(await after).toEqual(server);
  expect((await early).rows).toEqual([{ one: 1 }]);
  await pool.end();
});

it('stays closed where no address comes, and can be ended', async () => {
  const pool = new ReopenablePool(Promise.reject(new Error('no database')), limits);
  await expect(pool.query('select 1')).rejects.toMatchObject({ code: 'server.busy' });
  await pool.end();
});

it('runs what wants nobody else, after those who have connections and before whoever comes later', async () => {
  const pool = new ReopenablePool(server, limits);
  const happened: string[] = [];
  const pidOf = async () =>
    (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
  const before = await pidOf();
  const early = pool.query('select pg_sleep(0.1)').then(() => happened.push('early'));
  const alone = pool.whileUnused(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    happened.push('alone');
  });
  const late = pidOf().then((pid) => {
    happened.push('late');
    return pid;
  });
  await Promise.all([early, alone]);
  expect(await late).toBe(before);
  expect(happened).toEqual(['early', 'alone', 'late']);
  await expect(pool.whileUnused(() => Promise.reject(new Error('it failed')))).rejects.toThrow('it failed');
  expect(await pidOf()).toBe(before);
  await pool.end();
});
