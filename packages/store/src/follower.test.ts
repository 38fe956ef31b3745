import { describe, expect, it } from 'vitest';
import { readLog } from './follow-log.ts';
import { decodePosition, encodePosition } from './follow-position.ts';
import type { FollowedEvent } from './followed-event.ts';
import { idsOf, settle, sleep, useFollowers } from './test-follower.ts';

const kit = useFollowers();

/** A follower that needed its poll would take a second. */
const SHORTER_THAN_A_POLL_MS = 950;

describe('a follower of the event log', () => {
  it('begins at the present end and gets only its resources', async () => {
    await kit.emit('before');
    const seen: FollowedEvent[] = [];
    const follower = await kit.follow(seen);
    await kit.emit('other', 'others');
    await kit.emit('1');
    await kit.emit('2');
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['1', '2']);
    const { rows } = await kit.store.pool.query('select from cursor');
    expect(rows).toEqual([]);
  });

  it('begins behind what was committed beyond a stalled writer', async () => {
    const stalled = await kit.begin();
    await kit.emit('before');
    const seen: FollowedEvent[] = [];
    const follower = await kit.follow(seen);
    await stalled.write('after');
    await kit.end(stalled);
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['after']);
  });

  it('gets more than a batch in order', async () => {
    const seen: FollowedEvent[] = [];
    const follower = await kit.follow(seen, { batchSize: 10 });
    const ids = Array.from({ length: 57 }, (_, index) => `${index}`);
    await kit.store.tx(async (tx) => {
      for (const id of ids) tx.emit({ resource: kit.resource, event: 'created', dataId: id, data: {} });
    });
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(ids);
  });

  it('loses nothing of a transaction that began before it, and doubles nothing', async () => {
    const low = await kit.begin();
    const high = await kit.begin();
    await high.write('high');
    const seen: FollowedEvent[] = [];
    const follower = await kit.follow(seen);
    await low.write('low');
    await kit.end(high);
    await sleep(100);
    expect(seen).toEqual([]);
    await kit.end(low);
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['low', 'high']);
  });

  it('is held back by a stalled writer, and then gets all in order at once', async () => {
    const seen: FollowedEvent[] = [];
    await kit.follow(seen);
    const stalled = await kit.begin();
    for (let index = 0; index < 5; index++) await kit.emit(`${index}`);
    await sleep(150);
    expect(seen).toEqual([]);
    const before = performance.now();
    await kit.end(stalled, 'rollback');
    await expect.poll(() => seen.length, { interval: 2 }).toBe(5);
    expect(performance.now() - before).toBeLessThan(SHORTER_THAN_A_POLL_MS);
    expect(idsOf(seen)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('handles again what failed, before all that follows', async () => {
    const seen: FollowedEvent[] = [];
    let failures = 0;
    const follower = await kit.follow(seen, {
      async handle(events) {
        if (failures++ < 2) throw new Error('not yet');
        seen.push(...events);
      },
    });
    await kit.emit('1');
    await kit.emit('2');
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['1', '2']);
    expect(kit.errors).toHaveLength(2);
  });

  it('makes one call at a time', async () => {
    let running = 0;
    let most = 0;
    let calls = 0;
    const follower = await kit.follow([], {
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
      await kit.postBatch([{ id: `batch ${index}` }]);
      await kit.emit(`${index}`);
    }
    await follower.caughtUp();
    expect({ most, calls }).toEqual({ most: 1, calls: 10 });
  });

  it('begins anew where a new one is started', async () => {
    const seen: FollowedEvent[] = [];
    const first = await kit.follow(seen);
    await kit.emit('1');
    await first.caughtUp();
    const upTo = first.position();
    await first.stop();
    await kit.emit('missed');
    const second = await kit.follow(seen);
    await kit.emit('2');
    await second.caughtUp();
    expect(idsOf(seen)).toEqual(['1', '2']);
    const slice = { after: upTo, upTo: second.position(), resources: [kit.resource], limit: 10 };
    expect(idsOf(await readLog(kit.store, slice))).toEqual(['missed', '2']);
  });
});

describe('a handoff', () => {
  it('arrives in the turn of its commit, as the log has it, and once', async () => {
    const seen: FollowedEvent[] = [];
    const follower = await kit.follow(seen);
    await settle(follower);
    const stalled = await kit.begin();
    const tx = await kit.postBatch([{ id: 'a' }, { id: 'b' }]);
    expect(idsOf(seen)).toEqual(['a', 'b']);
    expect(follower.position().handed).toEqual([tx]);
    await kit.end(stalled, 'rollback');
    const fromLog: FollowedEvent[] = [];
    const slice = { after: { tx: '0', seq: 0, handed: [] }, upTo: follower.position(), limit: 10 };
    fromLog.push(...(await readLog(kit.store, { ...slice, resources: [kit.resource] })));
    expect(seen.map(({ content, ...event }) => event)).toEqual(fromLog);
    expect(seen.map(({ content }) => content)).toEqual(['a', 'b']);
    await kit.emit('c');
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['a', 'b', 'c']);
    await expect.poll(() => follower.position().handed).toEqual([]);
  });

  it('is not taken ahead of a transaction that is unread', async () => {
    const seen: FollowedEvent[] = [];
    const follower = await kit.follow(seen);
    await settle(follower);
    const stalled = await kit.begin();
    await kit.emit('first');
    await kit.postBatch([{ id: 'second' }]);
    expect(seen).toEqual([]);
    await sleep(30);
    await kit.postBatch([{ id: 'third' }]);
    expect(seen).toEqual([]);
    await kit.end(stalled, 'rollback');
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['first', 'second', 'third']);
    await settle(follower);
    await kit.postBatch([{ id: 'fourth' }]);
    expect(idsOf(seen).at(-1)).toBe('fourth');
  });

  it('that failed is read from the log', async () => {
    const seen: FollowedEvent[] = [];
    let failures = 0;
    const follower = await kit.follow(seen, {
      handle(events) {
        if (failures++ === 0) throw new Error('once');
        seen.push(...events);
      },
    });
    await settle(follower);
    await kit.postBatch([{ id: 'a' }]);
    await kit.postBatch([{ id: 'b' }]);
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(['a', 'b']);
    expect(kit.errors).toHaveLength(1);
  });

  it('is not open where other processes write', async () => {
    const other = kit.test.another({ notify: true });
    await kit.follow([], {}, other);
    expect(other.handoff.isFollowed()).toBe(false);
    expect(kit.store.handoff.isFollowed()).toBe(false);
  });

  it('of many batches under a stalled writer keeps its list short, and doubles nothing', async () => {
    const seen: FollowedEvent[] = [];
    const follower = await kit.follow(seen);
    await settle(follower);
    const stalled = await kit.begin();
    const ids = Array.from({ length: 560 }, (_, index) => `${index}`);
    for (const id of ids) await kit.postBatch([{ id }]);
    expect(follower.position().handed).toHaveLength(512);
    expect(seen).toHaveLength(512);
    const text = encodePosition(follower.position());
    expect(decodePosition(text)).toEqual(follower.position());
    await kit.end(stalled, 'rollback');
    await follower.caughtUp();
    expect(idsOf(seen)).toEqual(ids);
    await expect.poll(() => follower.position().handed).toEqual([]);
  });
});
