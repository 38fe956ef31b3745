import { type DatabaseAddress, ReopenablePool } from '@moothall/store';
import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';
import { databaseOf } from './database-copies.ts';

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

/** The copy that the next reset of the lab under test will take; undefined until it is there. */
async function preparedCopy(): Promise<string | undefined> {
  const sql = `
    select datname from pg_database join pg_shdescription on objoid = oid
    where datname like 'moot\\_next\\_%' and position($1 in description) > 0`;
  return (await ask<{ datname: string }>(sql, [databaseOf(kit.world.store.pool.address)]))[0]?.datname;
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

describe('a prepared copy that somebody has dropped', () => {
  it('is made anew by the reset that would have taken it', async () => {
    const before = await titles();
    await kit.lab.post('/lab/v1/reset', {});
    await expect.poll(preparedCopy).toBeDefined();
    await ask(`drop database ${await preparedCopy()} with (force)`);
    await addRoom('To be forgotten');
    expect((await kit.lab.post('/lab/v1/reset', {})).status).toBe(200);
    expect(await titles()).toEqual(before);
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
    const spares = await databaseIds('like', 'moot\\_next\\_%');
    kit = await kit.restart();
    const { items } = (await kit.lab.get('/lab/v1/snapshots')).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['base-2', 'kept']);
    const { rows } = await kit.world.store.pool.query(
      "select 1 from pg_database where datname like 'moot_fork_%'",
    );
    expect(rows).toEqual([]);
    expect((await kit.lab.post('/lab/v1/reset', {})).status).toBe(200);
    expect(await titles()).not.toContain('Shared');
    // The copy that was left is taken: nobody waits for one.
    const [id] = await databaseIds('=', databaseOf(kit.world.store.pool.address));
    expect(spares).toContain(id);
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
