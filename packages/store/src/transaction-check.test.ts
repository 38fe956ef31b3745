import { randomBytes } from 'node:crypto';
import { createIds, createWorldClock } from '@moothall/core';
import { createDatabase } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { DatabaseAddress } from './pool.ts';
import { openStore, type Store } from './store.ts';
import { createTransactionCheck } from './transaction-check.ts';

let store: Store;
let other: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createDatabase(JSON.parse(inject('testServer')) as DatabaseAddress);
  const clock = createWorldClock();
  const open = () =>
    openStore({
      address: database.address,
      clock,
      ids: createIds(clock.nowMs, randomBytes),
      transactionCheck: createTransactionCheck(),
    });
  [store, other, drop] = [open(), open(), database.drop];
});
afterAll(async () => {
  await Promise.all([store.close(), other.close()]);
  await drop();
});

const one = (from: Store) => from.pool.query<{ one: number }>('select 1 as one');
const two = (from: Pick<Store, 'db'>) => from.db.selectNoFrom((add) => add.lit(2).as('two')).execute();

describe('a check of transactions', () => {
  it.each<[string, (from: Store) => Promise<unknown>]>([
    ['the pool', one],
    ['the database beside it', two],
    ['another transaction', (from) => from.tx(two)],
    ['a connection of its own', (from) => from.pool.connect()],
  ])('refuses to ask %s while one is open, however deep', async (_what, read) => {
    const deep = async () => {
      await Promise.resolve();
      return read(store);
    };
    await expect(store.tx(async (tx) => [await two(tx), await deep()])).rejects.toThrow('tx.db');
  });

  it('lets reads through the transaction, of another store, and after it', async () => {
    let late: Promise<unknown> | undefined;
    await store.tx(async (tx) => {
      expect(await two(tx)).toEqual([{ two: 2 }]);
      expect((await one(other)).rows).toEqual([{ one: 1 }]);
      late = new Promise((resolve) => setTimeout(resolve, 50)).then(() => one(store));
      tx.onCommit(() => void one(store));
    });
    expect((await one(store)).rows).toEqual([{ one: 1 }]);
    await expect(late).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });

  it('goes unnoticed by transactions side by side', async () => {
    const both = Array.from({ length: 8 }, () => Promise.all([store.tx(two), one(store)]));
    await expect(Promise.all(both)).resolves.toHaveLength(8);
  });
});
