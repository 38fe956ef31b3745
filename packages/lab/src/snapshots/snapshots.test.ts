import { type DatabaseAddress, ReopenablePool } from '@moothall/store';
import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';
import { databaseOf, inDatabase } from './database-copies.ts';

async function ask<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const server = JSON.parse(inject('testServer')) as DatabaseAddress;
  const pool = new ReopenablePool(server, { maxConnections: 1, statementTimeoutMs: 30_000 });
  try {
    return (await pool.query<Row>(sql, values)).rows;
  } finally {
    await pool.end();
  }
}

/** Of the whole server, where labs of other tests are too. */
async function databaseIds(operator: 'like' | '=', name: string): Promise<number[]> {
  const rows = await ask<{ oid: number }>(`select oid from pg_database where datname ${operator} $1`, [name]);
  return rows.map(({ oid }) => oid);
}

let kit: TestLab;
beforeAll(async () => {
  kit = await startTestLab();
});
afterAll(() => kit.close());

const titles = async (baseUrl = kit.baseUrl) => {
  const token = kit.report.people.find(({ email }) => email === 'uma@acme.test')!.token;
  const { body } = await apiClient(baseUrl, token).get('/rooms?max=100');
  return (body.items as { title: string }[]).map(({ title }) => title).sort();
};
const addRoom = (title: string) => kit.as('uma@acme.test').post('/rooms', { title });

describe('reset', () => {
  it('returns to the state after the first load, as often as it is asked', async () => {
    const before = await titles();
    for (let round = 0; round < 3; round++) {
      await addRoom(`Round ${round}`);
      const { body } = await kit.lab.post('/lab/v1/tokens', { personEmail: 'uma@acme.test' });
      await kit.lab.post('/lab/v1/faults', { route: 'GET /licenses', status: 500 });
      await kit.lab.post('/lab/v1/clock/advance', { by: '1d' });
      const reset = await kit.lab.post('/lab/v1/reset', {});
      expect(reset.body.epoch).toBe(round + 1);
      expect(await titles()).toEqual(before);
      expect((await apiClient(kit.baseUrl, body.token).get('/rooms')).status).toBe(401);
      expect((await kit.lab.get('/lab/v1/faults')).body.items).toEqual([]);
      expect(Math.abs(Date.parse(reset.body.now) - Date.now())).toBeLessThan(60_000);
    }
  });

  it('holds requests meanwhile and answers all of them', async () => {
    let going = true;
    const statuses: number[] = [];
    const asking = Array.from({ length: 8 }, async () => {
      while (going) statuses.push((await addRoom('Meanwhile')).status);
    });
    await kit.lab.post('/lab/v1/reset', {});
    going = false;
    await Promise.all(asking);
    expect(new Set(statuses)).toEqual(new Set([200]));
    await kit.lab.post('/lab/v1/reset', {});
  });
});

describe('a reset of a small world', () => {
  const liveId = async () => (await databaseIds('=', databaseOf(kit.world.store.pool.address)))[0];
  const nameOfLive = () => [databaseOf(kit.world.store.pool.address)];

  /** The rows of each table but those that workers and readers write as soon as they start, as one text. */
  async function everything(database: string): Promise<Map<string, string>> {
    const address = inDatabase(JSON.parse(inject('testServer')) as DatabaseAddress, database);
    const pool = new ReopenablePool(address, { maxConnections: 1, statementTimeoutMs: 30_000 });
    const found = new Map<string, string>();
    try {
      const tables = await pool.query<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = 'public'",
      );
      for (const { name } of tables.rows) {
        if (['cursor', 'lane', 'job', 'state'].includes(name)) continue;
        const { rows } = await pool.query<{ rows: string }>(
          `select coalesce(string_agg(one::text, chr(10) order by one::text), '') as rows from "${name}" one`,
        );
        found.set(name, rows[0]!.rows);
      }
    } finally {
      await pool.end();
    }
    return found;
  }

  async function changeMuch(): Promise<void> {
    const uma = kit.as('uma@acme.test');
    const roomId = (await addRoom('Changed')).body.id;
    const { body } = await uma.post('/messages', { roomId, text: 'to be forgotten' });
    await uma.put(`/messages/${body.id}`, { roomId, text: 'still to be forgotten' });
    await uma.post('/webhooks', {
      name: 'w',
      targetUrl: 'http://127.0.0.1:9/',
      resource: 'rooms',
      event: 'all',
    });
    const known = (await uma.get('/rooms?max=100')).body.items as { id: string; title: string }[];
    for (const { id } of known.slice(0, 3)) await uma.delete(`/rooms/${id}`);
    await kit.lab.post('/lab/v1/idle');
  }

  it('puts every row of every table back, in the same database', async () => {
    await kit.lab.post('/lab/v1/reset', {});
    const [base] = await ask<{ name: string }>(
      "select datname as name from pg_database join pg_shdescription on objoid = oid where datname like 'moot\\_base\\_%' and position($1 in description) > 0",
      nameOfLive(),
    );
    const before = await liveId();
    for (let round = 0; round < 2; round++) {
      await changeMuch();
      expect(await everything(nameOfLive()[0]!)).not.toEqual(await everything(base!.name));
      expect((await kit.lab.post('/lab/v1/reset', {})).status).toBe(200);
      await kit.platform.stopWork();
      expect(await everything(nameOfLive()[0]!)).toEqual(await everything(base!.name));
      await kit.platform.startWork();
    }
    expect(await liveId()).toBe(before);
  });

  it('takes a copy when rows are not there, and rows the next time', async () => {
    const ids = [await liveId()];
    const all = await titles();
    await kit.world.store.pool.query('drop schema moothall_base cascade');
    for (let round = 0; round < 2; round++) {
      await addRoom('To be forgotten');
      expect((await kit.lab.post('/lab/v1/reset', {})).status).toBe(200);
      expect(await titles()).toEqual(all);
      ids.push(await liveId());
    }
    expect(ids[1]).not.toBe(ids[0]);
    expect(ids[2]).toBe(ids[1]);
  });

  it('finds its rows in a snapshot, and at the next start', async () => {
    const all = await titles();
    await kit.lab.post('/lab/v1/snapshots', { name: 'with-rows' });
    await kit.lab.post('/lab/v1/snapshots/with-rows/load');
    const loaded = await liveId();
    await addRoom('To be forgotten');
    await kit.stop();
    kit = await kit.restart();
    expect(await titles()).toContain('To be forgotten');
    expect((await kit.lab.post('/lab/v1/reset', {})).status).toBe(200);
    expect(await titles()).toEqual(all);
    expect(await liveId()).toBe(loaded);
    await kit.lab.delete('/lab/v1/snapshots/with-rows');
  });
});

describe('snapshots', () => {
  it('are saved, listed, loaded with their clock, and removed', async () => {
    await kit.lab.post('/lab/v1/clock/set', { to: '2030-01-01T00:00:00Z' });
    await addRoom('Saved');
    const saved = await kit.lab.post('/lab/v1/snapshots', { name: 'one' });
    expect(saved.body).toEqual({ name: 'one', savedAt: expect.stringMatching(/^2030-01-01T00:0/) });
    await addRoom('Not saved');
    await kit.lab.post('/lab/v1/clock/advance', { by: '30d' });
    const loaded = await kit.lab.post('/lab/v1/snapshots/one/load');
    expect(loaded.body).toEqual(saved.body);
    expect(await titles()).toContain('Saved');
    expect(await titles()).not.toContain('Not saved');
    const { body } = await kit.lab.get('/lab/v1/clock');
    expect(Date.parse(body.now) - Date.parse('2030-01-01T00:00:00Z')).toBeLessThan(60_000);
    expect((await kit.lab.get('/lab/v1/snapshots')).body.items).toEqual([saved.body]);
    expect((await kit.lab.delete('/lab/v1/snapshots/one')).status).toBe(204);
    const gone = await kit.lab.post('/lab/v1/snapshots', { name: 'one', action: 'load' });
    expect([gone.status, gone.body.message]).toEqual([404, expect.stringContaining('none was saved yet')]);
    await kit.lab.post('/lab/v1/reset', {});
  });

  it('start a fork that is independent, with its clock and a lab of its own', async () => {
    await kit.lab.post('/lab/v1/clock/set', { to: '2031-01-01T00:00:00Z' });
    await addRoom('Shared');
    await kit.lab.post('/lab/v1/snapshots', { name: 'base-2' });
    const { body: fork } = await kit.lab.post('/lab/v1/snapshots', { name: 'base-2', action: 'fork' });
    expect(fork.baseUrl).not.toBe(kit.baseUrl);
    await addRoom('Only in the first');
    expect(await titles(fork.baseUrl)).toContain('Shared');
    expect(await titles(fork.baseUrl)).not.toContain('Only in the first');
    const forkLab = apiClient(fork.baseUrl, 'the lab key of a test');
    expect((await forkLab.get('/lab/v1/clock')).body.now).toMatch(/^2031-01-01T00:0/);
    await forkLab.post('/lab/v1/clock/advance', { by: '1d' });
    expect((await kit.lab.get('/lab/v1/clock')).body.now).toMatch(/^2031-01-01T00:0/);
    expect((await forkLab.post('/lab/v1/reset', {})).status).toBe(200);
    expect(await titles(fork.baseUrl)).toContain('Shared');
    await kit.lab.post('/lab/v1/reset', {});
    expect(await titles(fork.baseUrl)).toContain('Shared');
  });

  it('survive a restart, in which forks end', async () => {
    await kit.lab.post('/lab/v1/snapshots', { name: 'kept' });
    await kit.stop();
    kit = await kit.restart();
    const { items } = (await kit.lab.get('/lab/v1/snapshots')).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['base-2', 'kept']);
    const { rows } = await kit.world.store.pool.query(
      "select 1 from pg_database where datname like 'moot_fork_%'",
    );
    expect(rows).toEqual([]);
    expect((await kit.lab.post('/lab/v1/reset', {})).status).toBe(200);
    expect(await titles()).not.toContain('Shared');
  });

  it.each(['', 'UPPER', 'with space', '../x', 'a'.repeat(41), "'; drop table"])(
    'refuse the name %j',
    async (name) => {
      expect((await kit.lab.post('/lab/v1/snapshots', { name })).status).toBe(400);
    },
  );

  it('lose no event and repeat none to the readers of the world', async () => {
    const seen: string[] = [];
    await kit.platform.stopWork();
    const readers = () => [
      {
        name: 'lab-test',
        handle: async (events: readonly { resource: string; event: string; tx: string; seq: number }[]) => {
          for (const { resource, event, tx, seq } of events)
            if (resource === 'rooms') seen.push(`${tx}/${seq} ${event}`);
        },
      },
    ];
    (kit.world.resources as unknown[]).push({ name: 'lab-test', area: 'lab', operations: [], readers });
    await kit.platform.startWork();
    await kit.lab.post('/lab/v1/idle');
    seen.length = 0;
    await kit.lab.post('/lab/v1/snapshots', { name: 'reader' });
    await addRoom('One');
    await kit.lab.post('/lab/v1/idle');
    await kit.lab.post('/lab/v1/snapshots/reader/load');
    await addRoom('Two');
    await kit.lab.post('/lab/v1/idle');
    expect(seen.map((line) => line.split(' ')[1])).toEqual(['created', 'created']);
    expect(new Set(seen).size).toBe(2);
  });
});
