import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startWorker, type Worker } from './jobs.ts';
import type { QueueSpec } from './queue-spec.ts';
import { openTestStore, type TestStore } from './test-store.ts';

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
