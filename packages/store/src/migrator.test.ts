import { createDatabase } from '@moothall/testkit';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Migration, MigrationMismatch, migrate } from './migrator.ts';
import { type DatabaseAddress, ReopenablePool } from './pool.ts';

const server = JSON.parse(inject('testServer')) as DatabaseAddress;
const first: Migration = {
  name: '202601010000_note_create',
  phase: 'expand',
  sql: 'create table note (id int)',
};
const second: Migration = {
  name: '202601020000_note_text',
  phase: 'expand',
  sql: 'alter table note add text text',
};
let database: Awaited<ReturnType<typeof createDatabase>>;
let pool: ReopenablePool;

beforeAll(async () => {
  database = await createDatabase(server);
  pool = new ReopenablePool(database.address, { maxConnections: 5, statementTimeoutMs: 10_000 });
  await pool.query('drop table migration');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('applies what is new, in the order of names, once, however many processes start', async () => {
  const applied = await Promise.all([1, 2, 3].map(() => migrate(pool, [second, first])));
  expect(applied.flat()).toEqual([first.name, second.name]);
  expect(await migrate(pool, [first, second])).toEqual([]);
});

it('leaves steps of a newer release alone', async () => {
  expect(await migrate(pool, [first])).toEqual([]);
  expect((await pool.query('select text from note')).rows).toEqual([]);
});

it('refuses a step that was changed after it had been applied, and two of one name', async () => {
  await expect(migrate(pool, [{ ...first, sql: 'create table note (id bigint)' }])).rejects.toThrow(
    MigrationMismatch,
  );
  await expect(migrate(pool, [first, first])).rejects.toThrow('two migrations are named');
});

it('applies nothing of a start that fails', async () => {
  const broken: Migration = {
    name: '202601040000_note_broken',
    phase: 'expand',
    sql: 'create table note (id int)',
  };
  const good: Migration = {
    name: '202601030000_note_more',
    phase: 'expand',
    sql: 'create table more (id int)',
  };
  await expect(migrate(pool, [first, second, good, broken])).rejects.toThrow('already exists');
  expect((await pool.query("select to_regclass('more') as found")).rows).toEqual([{ found: null }]);
});
