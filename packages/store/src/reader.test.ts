import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoredEvent } from './events.ts';
import { type Reader, type ReaderSpec, startReader } from './reader.ts';
import type { Store } from './store.ts';
import { openTestStore, type TestStore } from './test-store.ts';

let test: TestStore;
let store: Store;
let name: string;
let count = 0;
const readers: Reader[] = [];
const errors: unknown[] = [];

beforeAll(async () => {
  test = await openTestStore();
  store = test.store;
});
beforeEach(() => {
  name = `reader-${++count}`;
});
afterAll(async () => {
  await Promise.all(readers.map((reader) => reader.stop()));
  await test.close();
});

/** A reader that needed its poll would take a second. */
const SHORTER_THAN_A_POLL_MS = 950;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function emit(resource: string, ids: readonly string[], on = store): Promise<void> {
  return on.tx(async (tx) => {
    for (const dataId of ids) tx.emit({ resource, event: 'created', dataId, data: { dataId } });
  });
}

/** Starts a reader that notes what it handles of one resource. */
function follow(resource: string, seen: string[], spec: Partial<ReaderSpec> = {}, on = store): Reader {
  const handle = async (events: readonly StoredEvent[]) => {
    for (const event of events) if (event.resource === resource) seen.push(event.dataId);
  };
  const reader = startReader(on, { name, handle, ...spec }, (error) => errors.push(error));
  readers.push(reader);
  return reader;
}

const INSERT = "insert into event (at, resource, event, data_id, data) values ($1, $2, 'created', $3, '{}')";

async function begin(): Promise<{
  client: pg.PoolClient;
  write(resource: string, id: string): Promise<void>;
}> {
  const client = await store.pool.connect();
  await client.query('begin');
  await client.query('select pg_current_xact_id()');
  return {
    client,
    write: async (resource, id) => void (await client.query(INSERT, [test.clock.now(), resource, id])),
  };
}

async function commit({ client }: { client: pg.PoolClient }): Promise<void> {
  await client.query('commit');
  client.release();
}

describe('a reader of the event log', () => {
  it('handles events in order, in batches, and tells when it has caught up', async () => {
    const seen: string[] = [];
    const ids = Array.from({ length: 25 }, (_, index) => String(index));
    await emit('ordered', ids);
    const sizes: number[] = [];
    const reader = follow('ordered', seen, {
      batchSize: () => 10,
      async handle(events) {
        sizes.push(events.length);
        seen.push(...events.map((event) => event.dataId));
      },
    });
    await reader.caughtUp();
    expect(seen).toEqual(ids);
    expect(Math.max(...sizes)).toBe(10);
  });

  it('of one resource is woken by that alone, and handles nothing else', async () => {
    const seen: string[] = [];
    const handle = async (events: readonly StoredEvent[]) => {
      seen.push(...events.map((event) => `${event.resource} ${event.dataId}`));
    };
    const reader = follow('chosen', seen, { only: 'chosen', handle });
    await emit('passed', ['1', '2']);
    await reader.caughtUp();
    await emit('passed', ['3']);
    const before = performance.now();
    await emit('chosen', ['4']);
    await expect.poll(() => seen, { interval: 5 }).toEqual(['chosen 4']);
    expect(performance.now() - before).toBeLessThan(SHORTER_THAN_A_POLL_MS);
  });

  it('loses no event of a lower transaction that commits later with a higher sequence number', async () => {
    const seen: string[] = [];
    const reader = follow('interleaved', seen);
    await reader.caughtUp();
    const low = await begin();
    const high = await begin();
    await high.write('interleaved', 'high');
    await low.write('interleaved', 'low');
    await commit(high);
    await sleep(150);
    expect(seen).toEqual([]);
    await commit(low);
    await reader.caughtUp();
    expect(seen).toEqual(['low', 'high']);
  });

  it('is delayed by a stalled writer, no longer than it stalls, and loses nothing', async () => {
    const seen: string[] = [];
    const reader = follow('stalled', seen);
    await reader.caughtUp();
    const stalled = await begin();
    for (let index = 0; index < 5; index++) await emit('stalled', [`${index}`]);
    await sleep(200);
    expect(seen).toEqual([]);
    const before = performance.now();
    await stalled.client.query('rollback');
    stalled.client.release();
    await expect.poll(() => seen.length, { interval: 2 }).toBe(5);
    expect(performance.now() - before).toBeLessThan(SHORTER_THAN_A_POLL_MS);
    expect(seen).toEqual(['0', '1', '2', '3', '4']);
  });

  it('shares its cursor with a reader of the same name in another process: each event once', async () => {
    const handle: ReaderSpec['handle'] = async (events, tx) => {
      await sleep(1);
      for (const event of events) {
        if (event.resource === 'shared') tx.enqueue({ queue: name, payload: { id: event.dataId } });
      }
    };
    const both = [
      follow('shared', [], { batchSize: () => 7, handle }),
      follow('shared', [], { batchSize: () => 7, handle }, test.another()),
    ];
    const ids = Array.from({ length: 200 }, (_, index) => String(index));
    for (const id of ids) await emit('shared', [id]);
    await Promise.all(both.map((reader) => reader.caughtUp()));
    const { rows } = await store.pool.query<{ id: string }>(
      "select payload->>'id' as id from job where queue = $1 order by seq",
      [name],
    );
    expect(rows.map((row) => row.id)).toEqual(ids);
  });

  it('handles a batch again when it failed, and what it wrote then is not kept', async () => {
    let failures = 0;
    const reader = follow('failing', [], {
      async handle(events, tx) {
        for (const event of events) {
          if (event.resource === 'failing') tx.enqueue({ queue: name, payload: { id: event.dataId } });
        }
        if (events.some((event) => event.resource === 'failing') && failures++ === 0) throw new Error('once');
      },
    });
    await emit('failing', ['a', 'b']);
    await reader.caughtUp();
    const { rows } = await store.pool.query("select payload->>'id' as id from job where queue = $1", [name]);
    expect(rows.map((row) => (row as { id: string }).id).sort()).toEqual(['a', 'b']);
    expect(failures).toBe(2);
  });

  it('goes on where it stopped', async () => {
    const seen: string[] = [];
    const first = follow('resumed', seen);
    await emit('resumed', ['1']);
    await first.caughtUp();
    await first.stop();
    await emit('resumed', ['2']);
    const second = follow('resumed', seen);
    await second.caughtUp();
    expect(seen).toEqual(['1', '2']);
  });

  it('does not wait for its poll while other transactions come and go', async () => {
    const seenAt: number[] = [];
    const reader = follow('quick', [], {
      async handle(events) {
        for (const event of events) if (event.resource === 'quick') seenAt.push(performance.now());
      },
    });
    await reader.caughtUp();
    let busy = true;
    const noise = (async () => {
      while (busy) {
        const other = await begin();
        await sleep(3);
        await other.client.query('rollback');
        other.client.release();
      }
    })();
    const delays: number[] = [];
    for (let index = 0; index < 30; index++) {
      const before = performance.now();
      await emit('quick', [`${index}`]);
      while (seenAt.length <= index) await sleep(1);
      delays.push(seenAt[index]! - before);
    }
    busy = false;
    await noise;
    delays.sort((a, b) => a - b);
    expect(delays[Math.floor(delays.length / 2)]).toBeLessThan(SHORTER_THAN_A_POLL_MS);
  });

  it('passes over what nobody hears of, and misses nothing of who begins to listen', async () => {
    const seen: string[] = [];
    await store.pool.query('create table listener (id int)');
    const count = async () => (await store.pool.query('select 1 from listener')).rows.length;
    const pass = {
      isLikely: async () => (await count()) === 0,
      condition: 'not exists (select from listener)',
    };
    const reader = follow('heard', seen, { pass });
    for (let index = 0; index < 20; index++) await emit('heard', [`early ${index}`]);
    await reader.caughtUp();
    expect(seen).toEqual([]);
    await store.pool.query('insert into listener values (1)');
    const late = Array.from({ length: 20 }, (_, index) => `late ${index}`);
    for (const id of late) await emit('heard', [id]);
    await reader.caughtUp();
    expect(seen).toEqual(late);
  });
});
