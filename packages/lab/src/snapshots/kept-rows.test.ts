import { randomBytes } from 'node:crypto';
import { createIds, createWorldClock } from '@moothall/core';
import { type DatabaseAddress, openStore, type Store } from '@moothall/store';
import { createDatabase } from '@moothall/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createKeptRows, type KeptRows } from './kept-rows.ts';

/** Tables as a slice may have them, and one that has no row when the world is kept. */
const TABLES = `
  create table shelf (id uuid primary key default gen_random_uuid(), name text unique not null, size numeric);
  create table book (
    shelf uuid, place bigint generated always as identity, title text not null,
    facts jsonb, body json, cover bytea, at timestamptz, tags text[], length integer generated always as (char_length(title)) stored,
    primary key (shelf, place)
  );
  create table reader (name text primary key)`;

const FILL = `
  insert into shelf (name, size) values ('first', 1.50), ('second', 'NaN'), ('third', null);
  insert into book (shelf, title, facts, body, cover, at, tags)
    select id, name || ' ''book''' || number, '{"b": [1, null]}', '{"b" : 1,  "a":2}', '\\x00ff', '2026-01-02 03:04:05.678901Z', array['x', null, '"']
    from shelf, generate_series(1, 100) number;
  insert into state (name, value) values ('some', '{"n": 1}')`;

const log = pino({ enabled: false });

let store: Store;
let drop: () => Promise<void>;
let kept: KeptRows;

const ask = async <Row extends object>(sql: string) => (await store.pool.query<Row>(sql)).rows;

/** All rows, each with the transaction that wrote it where asked for. */
async function rowsOf(table: string, withVersion = false): Promise<string[]> {
  const version = withVersion ? "xmin::text || ' ' || " : '';
  const rows = await ask<{ row: string }>(`select ${version} one::text as row from ${table} one order by 1`);
  return rows.map(({ row }) => row);
}

async function everything(): Promise<string[][]> {
  return Promise.all(
    ['shelf', 'book', 'reader', "(select * from state where name <> 'lab.epoch')"].map((table) =>
      rowsOf(table),
    ),
  );
}

beforeAll(async () => {
  const database = await createDatabase(JSON.parse(inject('testServer')) as DatabaseAddress);
  const clock = createWorldClock();
  store = openStore({ address: database.address, clock, ids: createIds(clock.nowMs, randomBytes) });
  drop = database.drop;
  await store.pool.query(TABLES);
  await store.pool.query(FILL);
  kept = createKeptRows({ store, log });
});
afterAll(async () => {
  await kept.close();
  await store.close();
  await drop();
});

describe('kept rows', () => {
  it('are those of the moment, though others write before they are copied', async () => {
    const before = await everything();
    await kept.keep('base', 50);
    await store.pool.query("update shelf set name = 'written meanwhile' where name = 'first'");
    expect(await kept.isReady('base')).toBe(true);
    await kept.putBack(1);
    expect(await everything()).toEqual(before);
  });

  it.each([
    [
      'changed',
      "update book set title = 'x' where place % 2 = 0; update shelf set size = 3 where name = 'third'",
    ],
    ['removed', "delete from book where place % 3 = 0; delete from state where name = 'some'"],
    ['added', "insert into reader values ('ann'); insert into shelf (name) values ('fourth')"],
    [
      'exchanged',
      "delete from book; update shelf set name = name || '?'; update shelf set name = case name when 'first?' then 'second' when 'second?' then 'first' else 'third' end",
    ],
    [
      'removed and made again',
      "create temp table old as select * from shelf where name = 'third'; delete from book where shelf = (select id from old); delete from shelf where name = 'third'; insert into shelf select * from old; drop table old",
    ],
    ['left alone', 'select 1'],
  ])('are put back after some were %s, as often as it is asked', async (_how, change) => {
    const before = await everything();
    for (const epoch of [5, 6]) {
      await store.pool.query(change);
      await kept.putBack(epoch);
      expect(await everything()).toEqual(before);
      expect(await ask("select value from state where name = 'lab.epoch'")).toEqual([{ value: epoch }]);
    }
  });

  it('are not written where nothing has changed', async () => {
    await kept.putBack(7);
    const before = await rowsOf('book', true);
    await store.pool.query("insert into book (shelf, title) select id, 'new' from shelf");
    await store.pool.query('vacuum (full, freeze) book');
    await kept.putBack(8);
    expect(await rowsOf('book', true)).toEqual(before);
  });

  it('let new rows have numbers of their own', async () => {
    const add =
      "insert into book (shelf, title) select id, 'new' from shelf where name = 'first' returning place";
    const [first] = await ask<{ place: number }>(add);
    await kept.putBack(9);
    const [second] = await ask<{ place: number }>(add);
    expect(second!.place).toBeGreaterThan(first!.place);
    await kept.putBack(10);
  });

  /** A connection of somebody who has done something and not committed it. */
  async function whileOther(does: string, work: () => Promise<void>): Promise<void> {
    const other = await store.pool.connect();
    try {
      await other.query(`begin; ${does}`);
      await work();
    } finally {
      await other.query('rollback');
      other.release(true);
    }
  }

  it('stay, as does the world, when something refers to what came later', async () => {
    await store.pool.query(
      "insert into reader values ('ben'); create table lent (reader text references reader)",
    );
    await store.pool.query("insert into lent values ('ben')");
    await expect(kept.putBack(11)).rejects.toMatchObject({ code: '23503' });
    expect(await rowsOf('reader')).toEqual(['(ben)']);
    expect(await ask("select value from state where name = 'lab.epoch'")).toEqual([{ value: 10 }]);
    await store.pool.query('drop table lent');
    expect(await kept.isReady('base')).toBe(true);
    await kept.putBack(12);
    expect(await rowsOf('reader')).toEqual([]);
  });

  it('stay when somebody else writes, who would go on with it', async () => {
    await whileOther("update book set title = 'not committed'", () =>
      expect(kept.putBack(13)).rejects.toThrow('another client'),
    );
    expect(await kept.isReady('base')).toBe(true);
  });

  it('stay when somebody keeps a row from being written', async () => {
    const before = await everything();
    await store.pool.query("update book set title = 'changed'");
    await whileOther('lock table book in share mode', () =>
      expect(kept.putBack(14)).rejects.toMatchObject({ code: '55P03' }),
    );
    expect(await kept.isReady('base')).toBe(true);
    await kept.putBack(15);
    expect(await everything()).toEqual(before);
  });

  it('outlive the connection that made them', async () => {
    const before = await everything();
    await store.pool.query("update book set title = 'changed'");
    const end =
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'moothall kept rows' and datname = current_database()";
    expect(await ask(end)).not.toEqual([]);
    expect(await kept.isReady('base')).toBe(true);
    await kept.putBack(16);
    expect(await everything()).toEqual(before);
  });

  it('are found by the next process, by the base that they are of, in the form that they have', async () => {
    const before = await everything();
    await kept.disconnect();
    const next = createKeptRows({ store, log });
    expect(await next.has('another base')).toBe(false);
    await next.disconnect();
    await store.pool.query(
      "insert into migration (name, checksum, phase) values ('a later step', '', 'expand')",
    );
    expect(await next.has('base')).toBe(false);
    await next.disconnect();
    await store.pool.query("delete from migration where name = 'a later step'");
    await store.pool.query('delete from book');
    expect(await next.isReady('base')).toBe(true);
    await next.putBack(17);
    expect(await everything()).toEqual(before);
    await next.close();
  });

  it('are none before all are there', async () => {
    await store.pool.query('delete from moothall_base.whole');
    await kept.disconnect();
    expect(await kept.isReady('base')).toBe(false);
  });
});

describe('no rows are kept', () => {
  it('of a world that several processes share', async () => {
    const sharing = createKeptRows({
      store: Object.assign(Object.create(store), { shared: true }) as Store,
      log,
    });
    await sharing.keep('base', 0);
    expect(await sharing.has('base')).toBe(false);
    await sharing.close();
  });

  it('where a row of a table has no name', async () => {
    await store.pool.query('create table nameless (title text)');
    await kept.keep('base', 0);
    expect(await kept.isReady('base')).toBe(false);
    await store.pool.query('drop table nameless');
  });

  it('of a large world, nor put back when it has become one', async () => {
    const grow = (from: number) =>
      store.pool.query(
        `insert into reader select md5(number::text) from generate_series(${from}, ${from + 300_000}) number`,
      );
    await kept.keep('base', 0);
    expect(await kept.isReady('base')).toBe(true);
    await grow(0);
    await grow(400_000);
    expect([await kept.has('base'), await kept.isReady('base')]).toEqual([true, false]);
    await kept.keep('base', 0);
    expect(await kept.has('base')).toBe(false);
    await store.pool.query('truncate reader');
    await kept.keep('base', 0);
    expect(await kept.isReady('base')).toBe(true);
  });
});
