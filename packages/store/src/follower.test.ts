import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readLog } from './follow-log.ts';
import { decodePosition, encodePosition } from './follow-position.ts';
import { type FollowedEvent, type Follower, type FollowerSpec, startFollower } from './follower.ts';
import { createGroupCommit } from './group-commit.ts';
import type { Store } from './store.ts';
import { openTestStore, type TestStore } from './test-store.ts';

let test: TestStore;
let store: Store;
let resource: string;
let count = 0;
let followers: Follower[] = [];
const open = new Set<pg.PoolClient>();
let errors: unknown[] = [];

beforeAll(async () => {
  test = await openTestStore();
  store = test.store;
});
beforeEach(() => {
  resource = `r${++count}`;
  errors = [];
});
afterEach(async () => {
  await Promise.all(followers.map((follower) => follower.stop()));
  followers = [];
  for (const client of open) client.release(true);
  open.clear();
});
afterAll(() => test.close());

/** A follower that needed its poll would take a second. */
const SHORTER_THAN_A_POLL_MS = 950;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function follow(seen: FollowedEvent[], spec: Partial<FollowerSpec> = {}): Promise<Follower> {
  const handle = (events: readonly FollowedEvent[]) => void seen.push(...events);
  const onError = (error: unknown) => errors.push(error);
  const follower = await startFollower(store, { resources: [resource], handle, ...spec }, onError);
  followers.push(follower);
  return follower;
}

const idsOf = (events: readonly FollowedEvent[]) => events.map(({ dataId }) => dataId);

function emit(id: string, of = resource, roomId?: string): Promise<void> {
  return store.tx(async (tx) => {
    tx.emit({ resource: of, event: 'created', dataId: id, data: { id }, roomId });
  });
}

const INSERT = `insert into event (at, resource, event, data_id, data, room_id)
  select $1, $2, 'created', id, jsonb_build_object('id', id), room::uuid
  from rows from (unnest($3::text[]), unnest($4::text[])) with ordinality as row (id, room, number) order by number
  returning tx::text, seq, data_id as id`;

type Batch = { id: string; roomId?: string | undefined }[];

/** Commits a batch as the group commit of messages does, and gives it to followers. */
async function postBatch(batch: Batch): Promise<string> {
  const at = test.clock.now();
  const values = [at, resource, batch.map(({ id }) => id), batch.map(({ roomId }) => roomId ?? null)];
  const { rows } = await store.pool.query<{ tx: string; seq: number; id: string }>(INSERT, values);
  const none = { orgId: null, actorId: null, appId: null, traceId: null };
  const events = rows.map(({ tx, seq, id }, index): FollowedEvent => {
    const roomId = batch[index]!.roomId ?? null;
    return {
      ...none,
      tx,
      seq,
      at,
      roomId,
      resource,
      event: 'created',
      dataId: id,
      data: { id },
      content: id,
    };
  });
  store.handoff.give(events);
  for (const topic of ['event', `event:${resource}`]) store.signals.emit(topic, rows[0]!.tx);
  return rows[0]!.tx;
}

async function begin(): Promise<{ client: pg.PoolClient; write(id: string): Promise<void> }> {
  const client = await store.pool.connect();
  open.add(client);
  await client.query('begin');
  await client.query('select pg_current_xact_id()');
  return {
    client,
    write: async (id) => void (await client.query(INSERT, [test.clock.now(), resource, [id], [null]])),
  };
}

async function end({ client }: { client: pg.PoolClient }, how = 'commit'): Promise<void> {
  await client.query(how);
  open.delete(client);
  client.release();
}

describe('a follower of the event log', () => {
  it('begins at the present end and gets only its resources', async () => {
    await emit('before');
    const seen: FollowedEvent[] = [];
    const follower = await follow(seen);
    await emit('other', 'others');
    await emit('1');
    await emit('2');
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['1', '2']);
    const { rows } = await store.pool.query('select from cursor');
    expect(rows).toEqual([]);
  });

  it('gets more than a batch in order', async () => {
    const seen: FollowedEvent[] = [];
    const follower = await follow(seen, { batchSize: 10 });
    const ids = Array.from({ length: 57 }, (_, index) => `${index}`);
    await store.tx(async (tx) => {
      for (const id of ids) tx.emit({ resource, event: 'created', dataId: id, data: {} });
    });
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(ids);
  });

  it('loses nothing of a transaction that began before it, and doubles nothing', async () => {
    const low = await begin();
    const high = await begin();
    await high.write('high');
    const seen: FollowedEvent[] = [];
    const follower = await follow(seen);
    await low.write('low');
    await end(high);
    await sleep(100);
    expect(seen).toEqual([]);
    await end(low);
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['low', 'high']);
  });

  it('is held back by a stalled writer, and then gets all in order at once', async () => {
    const seen: FollowedEvent[] = [];
    await follow(seen);
    const stalled = await begin();
    for (let index = 0; index < 5; index++) await emit(`${index}`);
    await sleep(150);
    expect(seen).toEqual([]);
    const before = performance.now();
    await end(stalled, 'rollback');
    await expect.poll(() => seen.length, { interval: 2 }).toBe(5);
    expect(performance.now() - before).toBeLessThan(SHORTER_THAN_A_POLL_MS);
    expect(idsOf(seen)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('handles again what failed, before all that follows', async () => {
    const seen: FollowedEvent[] = [];
    let failures = 0;
    const follower = await follow(seen, {
      async handle(events) {
        if (failures++ < 2) throw new Error('not yet');
        seen.push(...events);
      },
    });
    await emit('1');
    await emit('2');
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['1', '2']);
    expect(errors).toHaveLength(2);
  });

  it('makes one call at a time', async () => {
    let running = 0;
    let most = 0;
    let calls = 0;
    const follower = await follow([], {
      batchSize: 1,
      async handle() {
        calls += 1;
        most = Math.max(most, ++running);
        await sleep(2);
        running -= 1;
      },
    });
    await follower.caughtUp();
    for (let index = 0; index < 5; index++) {
      await postBatch([{ id: `batch ${index}` }]);
      await emit(`${index}`);
    }
    await follower.caughtUp();
    expect({ most, calls }).toEqual({ most: 1, calls: 10 });
  });

  it('begins anew where a new one is started', async () => {
    const seen: FollowedEvent[] = [];
    const first = await follow(seen);
    await emit('1');
    await first.caughtUp();
    const upTo = first.position();
    await first.stop();
    await emit('missed');
    const second = await follow(seen);
    await emit('2');
    await second.caughtUp();
    expect(idsOf(seen)).toEqual(['1', '2']);
    const slice = { after: upTo, upTo: second.position(), resources: [resource], limit: 10 };
    expect(idsOf(await readLog(store, slice))).toEqual(['missed', '2']);
  });
});

/** Waits until a follower takes batches: its first read has ended, and nothing is unread. */
async function settle(follower: Follower): Promise<void> {
  await follower.caughtUp();
  await sleep(10);
}

describe('a handoff', () => {
  it('arrives in the turn of its commit, as the log has it, and once', async () => {
    const seen: FollowedEvent[] = [];
    const follower = await follow(seen);
    await settle(follower);
    const stalled = await begin();
    const tx = await postBatch([{ id: 'a' }, { id: 'b' }]);
    expect(idsOf(seen)).toEqual(['a', 'b']);
    expect(follower.position().handed).toEqual([tx]);
    await end(stalled, 'rollback');
    const fromLog: FollowedEvent[] = [];
    const slice = { after: { tx: '0', seq: 0, handed: [] }, upTo: follower.position(), limit: 10 };
    fromLog.push(...(await readLog(store, { ...slice, resources: [resource] })));
    expect(seen.map(({ content, ...event }) => event)).toEqual(fromLog);
    expect(seen.map(({ content }) => content)).toEqual(['a', 'b']);
    await emit('c');
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['a', 'b', 'c']);
    await expect.poll(() => follower.position().handed).toEqual([]);
  });

  it('is not taken ahead of a transaction that is unread', async () => {
    const seen: FollowedEvent[] = [];
    const follower = await follow(seen);
    await settle(follower);
    const stalled = await begin();
    await emit('first');
    await postBatch([{ id: 'second' }]);
    expect(seen).toEqual([]);
    await sleep(30);
    await postBatch([{ id: 'third' }]);
    expect(seen).toEqual([]);
    await end(stalled, 'rollback');
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['first', 'second', 'third']);
    await settle(follower);
    await postBatch([{ id: 'fourth' }]);
    expect(idsOf(seen).at(-1)).toBe('fourth');
  });

  it('that failed is read from the log', async () => {
    const seen: FollowedEvent[] = [];
    let failures = 0;
    const follower = await follow(seen, {
      handle(events) {
        if (failures++ === 0) throw new Error('once');
        seen.push(...events);
      },
    });
    await settle(follower);
    await postBatch([{ id: 'a' }]);
    await postBatch([{ id: 'b' }]);
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['a', 'b']);
    expect(errors).toHaveLength(1);
  });

  it('is not open where other processes write', async () => {
    const other = test.another({ notify: true });
    const handle = () => {};
    const follower = await startFollower(other, { handle }, (error) => errors.push(error));
    followers.push(follower);
    expect(other.handoff.isFollowed()).toBe(false);
    expect(store.handoff.isFollowed()).toBe(false);
  });

  it('of many batches under a stalled writer keeps its list short, and doubles nothing', async () => {
    const seen: FollowedEvent[] = [];
    const follower = await follow(seen);
    await settle(follower);
    const stalled = await begin();
    const ids = Array.from({ length: 560 }, (_, index) => `${index}`);
    for (const id of ids) await postBatch([{ id }]);
    expect(follower.position().handed).toHaveLength(512);
    expect(seen).toHaveLength(512);
    const text = encodePosition(follower.position());
    expect(decodePosition(text)).toEqual(follower.position());
    await end(stalled, 'rollback');
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(ids);
    await expect.poll(() => follower.position().handed).toEqual([]);
  });
});

describe('positions', () => {
  it('go around as text', () => {
    const id = fc.bigInt(0n, 2n ** 40n);
    fc.assert(
      fc.property(
        id,
        fc.nat(),
        fc.uniqueArray(fc.bigInt(0n, 10_000n), { maxLength: 40 }),
        (tx, seq, beyond) => {
          const handed = beyond.sort((a, b) => Number(a - b)).map((distance) => `${tx + distance}`);
          const position = { tx: `${tx}`, seq, handed };
          expect(decodePosition(encodePosition(position))).toEqual(position);
        },
      ),
    );
    expect(encodePosition({ tx: '1000', seq: 0, handed: ['1040', '1003'] })).toBe('1000.0.3.11');
  });

  it('are refused when malformed', () => {
    const malformed = [
      '',
      '1',
      '1.',
      '.1',
      '1.2.',
      '1.2.-1',
      '01.2',
      '1.2.A',
      '1.2 ',
      'a.b',
      '1.2.zzzzzzzzzzz',
    ];
    malformed.push('18446744073709551616.1', '1.9999999999999999', `1.1${'.1'.repeat(513)}`);
    for (const text of malformed) expect(decodePosition(text), text).toBeUndefined();
  });

  it('tell exactly what was missed between them, also what was handed', async () => {
    const room = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
    const seen: FollowedEvent[] = [];
    const follower = await follow(seen);
    await emit('before', resource, room(1));
    await settle(follower);
    const stalled = await begin();
    await postBatch([{ id: 'handed before', roomId: room(1) }]);
    const after = follower.position();
    await postBatch([
      { id: 'one', roomId: room(1) },
      { id: 'elsewhere', roomId: room(2) },
    ]);
    const upTo = follower.position();
    await emit('later', resource, room(1));
    const read = (more: object) =>
      readLog(store, { after, upTo, resources: [resource], limit: 100, ...more }).then(idsOf);
    expect(await read({ roomIds: [room(1)] })).toEqual(['one']);
    expect(await read({})).toEqual(['one', 'elsewhere']);
    expect(await read({ limit: 1 })).toEqual(['one']);
    expect(await read({ resources: ['none'] })).toEqual([]);
    expect(await read({ roomIds: [] })).toEqual([]);
    await stalled.write('stalled');
    await end(stalled);
    await follower.caughtUp();
    expect(await read({ upTo: follower.position() })).toEqual(['stalled', 'one', 'elsewhere', 'later']);
    expect(await read({ personId: 'somebody', upTo: follower.position() })).toEqual([]);
  });
});

type Plan = { room: number; steps: ('tx' | 'batch' | 'slow' | 'rest')[] }[];

const stepOf = fc.constantFrom(
  'tx' as const,
  'batch' as const,
  'batch' as const,
  'slow' as const,
  'rest' as const,
);
const plans: fc.Arbitrary<Plan> = fc
  .array(fc.array(stepOf, { minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 5 })
  .map((rooms) => rooms.map((steps, room) => ({ room, steps })));

it('passes each event of interleaved writers on once, in the order of each room', async () => {
  let run = 0;
  const commit = createGroupCommit<Batch[number], boolean>(async (batch) => {
    await postBatch([...batch]);
    return batch.map(() => true);
  }, 8);
  await fc.assert(
    fc.asyncProperty(plans, fc.boolean(), async (plan, isAsync) => {
      const seen: FollowedEvent[] = [];
      const sync = (events: readonly FollowedEvent[]) => void seen.push(...events);
      const handle = isAsync ? (events: readonly FollowedEvent[]) => sleep(1).then(() => sync(events)) : sync;
      const follower = await follow(seen, { handle });
      const name = `run ${++run}`;
      const start = follower.position();
      const expected = await Promise.all(plan.map(({ room, steps }) => write(`${name} room ${room}`, steps)));
      await follower.caughtUp();
      for (const [room, ids] of expected.entries()) {
        const mine = idsOf(seen).filter((id) => id.startsWith(`${name} room ${room} `));
        expect(mine).toEqual(ids);
      }
      const missed = { after: start, upTo: follower.position(), resources: [resource], limit: 1000 };
      expect(idsOf(await readLog(store, missed)).sort()).toEqual(expected.flat().sort());
      await follower.stop();
    }),
    { numRuns: 25 },
  );

  /** What one room's writer does, one after the other; answers the ids in this order. */
  async function write(room: string, steps: Plan[number]['steps']): Promise<string[]> {
    const ids: string[] = [];
    for (const [index, step] of steps.entries()) {
      const id = `${room} ${index}`;
      if (step === 'rest') await sleep(4);
      else ids.push(id);
      if (step === 'tx') await emit(id);
      if (step === 'batch') await commit.submit({ id });
      if (step === 'slow') {
        const slow = await begin();
        await sleep(3);
        await slow.write(id);
        await end(slow);
        store.signals.emit(`event:${resource}`);
      }
    }
    return ids;
  }
}, 30_000);
