import { type DatabaseAddress, ReopenablePool } from '@moothall/store';
import { createDatabase } from '@moothall/testkit';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { DatabaseCopy } from './copy-note.ts';
import { createDatabaseCopies, type DatabaseCopies, databaseOf, inDatabase } from './database-copies.ts';

const server = JSON.parse(inject('testServer')) as DatabaseAddress;
const maintenance = inDatabase(server, 'postgres');
const base = { kind: 'base', name: 'base', savedAt: '2026-01-01T00:00:00.000Z' } as const;

let world: Awaited<ReturnType<typeof createDatabase>>;
let copies: DatabaseCopies;
let kept: DatabaseCopy;
let broughtUp: string[] = [];

beforeAll(async () => {
  world = await createDatabase(server);
  copies = createDatabaseCopies(
    maintenance,
    () => databaseOf(world.address),
    async (database) => void broughtUp.push(database),
  );
  kept = await copies.copy(databaseOf(world.address), base);
});
afterAll(async () => {
  await copies.dropAll();
  await copies.close();
  await world.drop();
});

async function ask<Row extends object>(sql: string, values: unknown[] = [], address = maintenance) {
  const pool = new ReopenablePool(address, { maxConnections: 1, statementTimeoutMs: 30_000 });
  try {
    return (await pool.query<Row>(sql, values)).rows;
  } finally {
    await pool.end();
  }
}

async function idOf(database: string): Promise<number | undefined> {
  const rows = await ask<{ oid: number }>('select oid from pg_database where datname = $1', [database]);
  return rows[0]?.oid;
}

it('brings a copy to the schema of this release each time that it is prepared, and makes it once', async () => {
  broughtUp = [];
  const prepared = await copies.prepareSwap(kept);
  const id = await idOf(prepared);
  expect([await copies.prepareSwap(kept), await idOf(prepared)]).toEqual([prepared, id]);
  expect(broughtUp).toEqual([prepared, prepared]);
});

it('makes a prepared copy anew when what it was made of is saved anew', async () => {
  const before = await idOf(await copies.prepareSwap(kept));
  kept = await copies.copy(databaseOf(world.address), base);
  const after = await idOf(await copies.prepareSwap(kept));
  expect(after).toBeGreaterThan(before!);
});

it('makes a copy anew that was left half prepared', async () => {
  const prepared = await copies.prepareSwap(kept);
  const before = await idOf(prepared);
  await ask(`comment on database ${prepared} is null`);
  await copies.prepareSwap(kept);
  expect(await idOf(prepared)).toBeGreaterThan(before!);
});

it('takes the place of the world and is none of its copies any more', async () => {
  const prepared = await copies.prepareSwap(kept);
  const id = await idOf(prepared);
  await copies.swapIn(prepared, 1);
  expect(await idOf(databaseOf(world.address))).toBe(id);
  expect((await copies.list()).map(({ kind }) => kind)).toEqual(['base']);
});

it('puts the world aside also where the name is taken by what a crash left', async () => {
  const name = databaseOf(world.address);
  const putAside = await idOf(name);
  await copies.swapIn(await copies.prepareSwap(kept), 1);
  const olds = () => ask<{ oid: number }>("select oid from pg_database where datname like 'moot\\_old\\_%'");
  expect((await olds()).map(({ oid }) => oid)).toContain(putAside);
  await copies.removeSwapped();
  expect((await olds()).map(({ oid }) => oid)).not.toContain(putAside);
});
