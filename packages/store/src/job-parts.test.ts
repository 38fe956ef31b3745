import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type JobContent, mergedPayload, readContents, type StoredContent } from './job-parts.ts';
import type { Worker } from './jobs.ts';
import { openTestStore, startWorker, type TestStore } from './test-store.ts';

let test: TestStore;
let queue: string;
let count = 0;
const workers: Worker[] = [];
const seen: unknown[] = [];

beforeAll(async () => {
  test = await openTestStore();
});
beforeEach(() => {
  queue = `parts-${++count}`;
  seen.length = 0;
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await test.close();
});

async function start(on = test.store): Promise<Worker> {
  const run = async (job: JobContent) => {
    seen.push(mergedPayload(job));
    return { done: {} };
  };
  const worker = await startWorker(on, test.clock, { queue, run }, (error) => {
    throw error;
  });
  workers.push(worker);
  return worker;
}

/** Two jobs that share two parts, one of which the other covers. */
function enqueueTwo(on = test.store): Promise<void> {
  const first = { from: 'first', hook: 'h', text: 'a \\u0000 in words, \u0000 and \ud800 in bytes' };
  const second = { from: 'second' };
  return on.tx(async (tx) => {
    for (const n of [1, 2]) tx.enqueue({ queue, lane: 'one', payload: { n }, parts: [first, second] });
  });
}

const expected = [1, 2].map((n) => ({
  from: 'second',
  hook: 'h',
  text: 'a \\u0000 in words, \u0000 and \ud800 in bytes',
  n,
}));

async function stored(): Promise<StoredContent[]> {
  const sql = 'select payload, parts from job where queue = $1 order by seq';
  return (await test.store.pool.query<StoredContent>(sql, [queue])).rows;
}

it('are stored once, and read back as one with what is a job’s own', async () => {
  await enqueueTwo();
  const { rows } = await test.store.pool.query<{ parts: number }>(
    'select count(*) as parts from job_part where queue = $1',
    [queue],
  );
  expect(rows[0]!.parts).toBe(2);
  expect((await stored()).map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }]);
  expect((await readContents(test.store.pool, await stored())).map(mergedPayload)).toEqual(expected);
});

it('come to the worker of the process that asked, which remembers them', async () => {
  const worker = await start();
  await enqueueTwo();
  await worker.idle();
  expect(seen).toEqual(expected);
});

it('come to the worker of a process that reads them', async () => {
  await enqueueTwo();
  const worker = await start(test.another());
  await worker.idle();
  expect(seen).toEqual(expected);
});

it('are none of a job without any, whose own payload keeps words that look like an escape', async () => {
  const payload = { words: 'C:\\u0000 and \\ud800', broken: '\u0000', half: '\udfff' };
  await test.store.tx(async (tx) => tx.enqueue({ queue, payload }));
  const kept = { ...payload, broken: '\ufffd', half: '\ufffd' };
  expect((await readContents(test.store.pool, await stored())).map(mergedPayload)).toEqual([kept]);
});
