import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Worker } from './jobs.ts';
import type { QueueSpec } from './queue-spec.ts';
import { openTestStore, startWorker, type TestStore } from './test-store.ts';

let test: TestStore;
let queue: string;
let count = 0;
const workers: Worker[] = [];

beforeAll(async () => {
  test = await openTestStore();
});
beforeEach(() => {
  queue = `ledger-${++count}`;
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await test.close();
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A worker whose jobs take 20 ms each and are noted by their numbers. */
async function start(seen: number[], on = test.store): Promise<Worker> {
  const run: QueueSpec['run'] = async ({ payload }) => {
    seen.push((payload as { n: number }).n);
    await sleep(20);
    return { done: {} };
  };
  const worker = await startWorker(on, test.clock, { queue, run }, () => undefined);
  workers.push(worker);
  return worker;
}

async function enqueue(jobs: number): Promise<void> {
  await test.store.tx(async (tx) => {
    for (let n = 0; n < jobs; n++) tx.enqueue({ queue, lane: 'one', payload: { n } });
  });
}

async function ask<Row extends Record<string, unknown>>(sql: string): Promise<Row> {
  return (await test.store.pool.query<Row>(sql, [queue])).rows[0]!;
}

const STATE = `
  select (select count(*) from job where queue = $1 and state = 'done') as done,
    (select leased_by from lane where queue = $1) as worker`;

it('stores what is done while the lane is in hand', async () => {
  const seen: number[] = [];
  const worker = await start(seen);
  await enqueue(60);
  let state = { done: 0, worker: null as number | null };
  while (state.done === 0) {
    await sleep(10);
    state = await ask(STATE);
  }
  expect(state.worker).not.toBeNull();
  expect(state.done).toBeLessThan(60);
  await worker.idle();
  expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => n));
});

it('lets go of a lane that was taken away, and its new worker goes on from what is stored', async () => {
  const [before, after]: [number[], number[]] = [[], []];
  await start(before);
  await enqueue(100);
  while (before.length < 20) await sleep(5);
  const thief = test.another().joinWorkers();
  await test.store.pool.query('update lane set leased_by = $2 where queue = $1', [
    queue,
    await thief.number(),
  ]);
  await sleep(600);
  const left = before.length;
  expect(left).toBeLessThan(60);
  await sleep(200);
  expect(before.length).toBe(left);
  await workers.at(-1)!.stop();
  const worker = await start(after, test.another());
  await thief.leave();
  await test.store.pool.query('update lane set leased_by = null where queue = $1', [queue]);
  await worker.idle();
  expect((await ask<{ done: number }>(STATE)).done).toBe(100);
  expect([...new Set([...before, ...after])].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, n) => n),
  );
});

it('keeps what a long job has done so far, asking for it only now and then, and goes on from it', async () => {
  let asked = 0;
  const begunWith: unknown[] = [];
  const run: QueueSpec['run'] = async ({ result }, attempt, progress) => {
    begunWith.push(result);
    for (let step = (result?.step as number | undefined) ?? 0; step < 60; step++) {
      if (progress.isOver()) return { retryAt: test.clock.now(), result: { step, attempt } };
      await sleep(20);
      progress.keep(() => {
        asked += 1;
        return { step };
      });
    }
    return { done: { attempt } };
  };
  const first = await startWorker(test.store, test.clock, { queue, run }, () => undefined);
  await enqueue(1);
  const kept = 'select state, attempts, result from job where queue = $1';
  const job = () => ask<{ state: string; attempts: number; result: { step: number } | null }>(kept);
  await expect.poll(async () => (await job()).result?.step, { interval: 20 }).toBeGreaterThan(5);
  expect(await job()).toMatchObject({ state: 'pending', attempts: 0 });
  expect(asked).toBeLessThan(5);
  await first.stop();
  const stopped = await job();
  expect(stopped).toMatchObject({ state: 'pending', attempts: 1 });
  expect(stopped.result!.step).toBeLessThan(60);
  const second = await startWorker(test.store, test.clock, { queue, run }, () => undefined);
  workers.push(second);
  await second.idle();
  expect(begunWith).toEqual([null, stopped.result]);
  expect(await job()).toMatchObject({ state: 'done', attempts: 2, result: { attempt: 2 } });
});
