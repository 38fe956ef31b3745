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
