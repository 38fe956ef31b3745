import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHandedLanes } from './handed-lanes.ts';
import type { Worker } from './jobs.ts';
import type { Store } from './store.ts';
import { openTestStore, startWorker, type TestStore } from './test-store.ts';

describe('a lane in hand', () => {
  const batch = (version: number, ...seqs: number[]) => {
    const jobs = seqs.map((seq) => ({ id: `job-${seq}`, seq, runAt: new Date(0) }));
    return { queue: 'q', lane: 'one', version, jobs };
  };
  const seqs = (jobs: readonly { seq: number }[] | undefined) => jobs?.map(({ seq }) => seq);

  it('is given what follows, and nothing after a gap', () => {
    const lanes = createHandedLanes();
    expect(lanes.give(batch(1, 1))).toBe(false);
    const hand = lanes.hold('q', 'one', 1);
    expect(lanes.give(batch(2, 2, 3))).toBe(true);
    expect(lanes.give(batch(4, 5))).toBe(false);
    expect(seqs(hand.take(1))).toEqual([2, 3]);
    expect(hand.take(3)).toBeUndefined();
    expect(hand.version).toBe(2);
    hand.leave();
    expect(lanes.give(batch(3, 4))).toBe(false);
  });

  it('passes over what was read already, also whole batches', () => {
    const lanes = createHandedLanes();
    const hand = lanes.hold('q', 'one', 5);
    expect(lanes.give(batch(5, 10))).toBe(true);
    lanes.give(batch(6, 11, 12));
    lanes.give(batch(7, 13, 14));
    expect(seqs(hand.take(13))).toEqual([14]);
    expect(hand.version).toBe(7);
  });

  it('waits for what comes, and no longer than it may', async () => {
    const lanes = createHandedLanes();
    const hand = lanes.hold('q', 'one', 0);
    const waiting = hand.wait(60_000);
    lanes.give(batch(1, 1));
    expect(await waiting).toBe(true);
    expect(await hand.wait(60_000)).toBe(true);
    hand.take(0);
    expect(await hand.wait(1)).toBe(false);
    const hurried = hand.wait(60_000);
    lanes.hurry('q');
    expect(await hurried).toBe(false);
  });

  it('that was lost has no version of any lane', () => {
    const lanes = createHandedLanes();
    const hand = lanes.hold('q', 'one', 0);
    lanes.give(batch(1, 1));
    hand.lose();
    expect(hand.take(0)).toBeUndefined();
    expect(hand.version).toBe(-1);
    expect(lanes.give(batch(2, 2))).toBe(false);
  });
});

describe('a worker whose lanes linger', () => {
  let test: TestStore;
  let queue: string;
  let count = 0;
  let worker: Worker | undefined;
  const seen: number[] = [];
  const errors: unknown[] = [];

  beforeAll(async () => {
    test = await openTestStore();
  });
  beforeEach(() => {
    queue = `handed-${++count}`;
    seen.length = 0;
  });
  afterAll(async () => {
    await worker?.stop();
    await test.close();
    expect(errors).toEqual([]);
  });

  async function start(lingerMs = 10_000): Promise<Worker> {
    await worker?.stop();
    const run = async ({ payload }: { payload: Record<string, unknown> }) => {
      seen.push((payload as { n: number }).n);
      return { done: {} };
    };
    worker = await startWorker(test.store, test.clock, { queue, run, lingerMs }, (error) =>
      errors.push(error),
    );
    return worker;
  }

  async function enqueue(from: number, to: number, on: Store = test.store): Promise<void> {
    await on.tx(async (tx) => {
      for (let n = from; n <= to; n++) tx.enqueue({ queue, lane: 'one', payload: { n } });
    });
  }

  const numbers = (to: number) => Array.from({ length: to }, (_, index) => index + 1);
  const leasedBy = async () =>
    (
      await test.store.pool.query<{ worker: number | null }>(
        'select leased_by as worker from lane where queue = $1',
        [queue],
      )
    ).rows[0]!.worker;

  it('does what comes while it lingers, in order, without giving the lane back', async () => {
    await start();
    await enqueue(1, 3);
    await expect.poll(() => seen).toHaveLength(3);
    const holder = await leasedBy();
    expect(holder).not.toBeNull();
    await enqueue(4, 200);
    await enqueue(201, 203);
    await expect.poll(() => seen).toHaveLength(203);
    expect(await leasedBy()).toBe(holder);
    expect(seen).toEqual(numbers(203));
    await worker!.idle();
    expect(await leasedBy()).toBeNull();
  });

  it('finds what another process asked for between its own, in order', async () => {
    await start(50);
    const other = test.another();
    for (let part = 0; part < 20; part++) {
      await enqueue(part * 4 + 1, part * 4 + 2);
      await enqueue(part * 4 + 3, part * 4 + 4, other);
    }
    await worker!.idle();
    expect(seen).toEqual(numbers(80));
  });

  it('gives a lane back when it has waited long enough, and at once when it stops', async () => {
    await start(20);
    await enqueue(1, 1);
    await expect.poll(leasedBy).toBeNull();
    await start(60_000);
    await enqueue(2, 2);
    await expect.poll(() => seen).toEqual([1, 2]);
    const startedMs = performance.now();
    await worker!.stop();
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect(await leasedBy()).toBeNull();
  });

  it('reads a lane again of which it knows the payloads no more', async () => {
    await start();
    await enqueue(1, 1);
    await expect.poll(() => seen).toHaveLength(1);
    const { contentOf } = test.store.freshJobs;
    test.store.freshJobs.contentOf = () => undefined;
    await enqueue(2, 5);
    await expect.poll(() => seen).toHaveLength(5);
    test.store.freshJobs.contentOf = contentOf;
    expect(seen).toEqual(numbers(5));
  });
});
