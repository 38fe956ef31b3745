import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewEvent } from './events.ts';
import { openTestStore, type TestStore } from './test-store.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
beforeEach(() => test.store.pool.query('truncate event'));
afterAll(() => test.close());

const event = (dataId: string): NewEvent => ({
  resource: 'things',
  event: 'created',
  dataId,
  data: { dataId },
});

async function log(): Promise<Record<string, unknown>[]> {
  const { rows } = await test.store.pool.query('select * from event order by tx, seq');
  return rows;
}

describe('the event log', () => {
  it("stores the events of a transaction with its rows, in order, at the world's time", async () => {
    test.clock.freeze();
    const orgId = '11111111-1111-4111-8111-111111111111';
    await test.store.tx(async (tx) => {
      tx.emit({ ...event('1'), orgId, actorId: orgId, appId: 'C1', traceId: 'T1' });
      await tx.db.insertInto('state').values({ name: 'fact', value: '1' }).execute();
      tx.emit(event('2'));
    });
    const rows = await log();
    expect(rows.map((row) => row.data_id)).toEqual(['1', '2']);
    expect(rows[0]).toMatchObject({
      at: test.clock.now(),
      org_id: orgId,
      actor_id: orgId,
      room_id: null,
      app_id: 'C1',
      trace_id: 'T1',
      resource: 'things',
      event: 'created',
      data: { dataId: '1' },
    });
    expect(rows[0]!.tx).toBe(rows[1]!.tx);
    test.clock.resume();
  });

  it('stores nothing of a transaction that fails: no row, no event, no job, no action after it', async () => {
    let acted = false;
    const failing = test.store.tx(async (tx) => {
      tx.emit(event('lost'));
      tx.enqueue({ queue: 'lost', payload: {} });
      tx.onCommit(() => {
        acted = true;
      });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await log()).toEqual([]);
    const { rows } = await test.store.pool.query("select 1 from job where queue = 'lost'");
    expect([rows.length, acted]).toEqual([0, false]);
  });

  it('tries a transaction again after a deadlock, and its events are stored once', async () => {
    await test.store.pool.query("insert into state (name, value) values ('a', '0'), ('b', '0')");
    const add = (first: string, second: string) =>
      test.store.tx(async (tx) => {
        tx.emit(event(`${first}${second}`));
        for (const name of [first, second]) {
          await tx.db.updateTable('state').set({ value: '1' }).where('name', '=', name).execute();
          await new Promise((resolve) => setTimeout(resolve, 30));
        }
      });
    await Promise.all([add('a', 'b'), add('b', 'a')]);
    expect((await log()).map((row) => row.data_id).sort()).toEqual(['ab', 'ba']);
  });

  it('wakes listeners of this process after the commit', async () => {
    const topics: string[] = [];
    const stop = [
      test.store.signals.subscribe('event', () => topics.push('event')),
      test.store.signals.subscribe('job:mail', () => topics.push('job:mail')),
    ];
    await test.store.tx(async (tx) => {
      tx.emit(event('1'));
      tx.enqueue({ queue: 'mail', payload: {} });
      await Promise.resolve();
      expect(topics).toEqual([]);
    });
    expect(topics).toEqual(['event', 'job:mail']);
    for (const end of stop) end();
  });
});
