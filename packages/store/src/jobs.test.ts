import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Worker } from './jobs.ts';
import type { HandlerResult, QueueSpec } from './queue-spec.ts';
import type { Store } from './store.ts';
import { openTestStore, startWorker, type TestStore } from './test-store.ts';

let test: TestStore;
let store: Store;
let queue: string;
let count = 0;
const workers: Worker[] = [];
const errors: unknown[] = [];

beforeAll(async () => {
  test = await openTestStore();
  store = test.store;
});
beforeEach(() => {
  queue = `queue-${++count}`;
  errors.length = 0;
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await test.close();
});

type Payload = { n: number };

async function start(spec: Partial<QueueSpec> & Pick<QueueSpec, 'run'>, on = store): Promise<Worker> {
  const worker = await startWorker(on, test.clock, { queue, ...spec }, (error) => errors.push(error));
  workers.push(worker);
  return worker;
}

function enqueue(jobs: { lane?: string; n: number; runAt?: Date }[], on = store): Promise<void> {
  return on.tx(async (tx) => {
    for (const { n, ...job } of jobs) tx.enqueue({ queue, ...job, payload: { n } });
  });
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function states(): Promise<Record<string, number>> {
  const { rows } = await store.pool.query<{ state: string; count: number }>(
    'select state, count(*) as count from job where queue = $1 group by state',
    [queue],
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
}

describe('jobs', () => {
  it('does the jobs of a lane one at a time, in the order they were asked for', async () => {
    const seen: number[] = [];
    let inHand = 0;
    await enqueue(numbers(1, 100).map((n) => ({ lane: 'a', n })));
    const worker = await start({
      async run(job) {
        expect(++inHand).toBe(1);
        await sleep(0);
        seen.push((job.payload as Payload).n);
        inHand -= 1;
        return { done: {} };
      },
    });
    await enqueue(numbers(101, 200).map((n) => ({ lane: 'a', n })));
    await worker.idle();
    expect(seen).toEqual(numbers(1, 200));
    expect(await states()).toEqual({ done: 200 });
  });

  it('keeps the order under a frozen clock, where ids have none', async () => {
    const seen: number[] = [];
    test.clock.freeze();
    for (let part = 0; part < 5; part++) {
      await enqueue(numbers(part * 2000 + 1, (part + 1) * 2000).map((n) => ({ lane: 'a', n })));
    }
    const worker = await start({
      async run(job) {
        seen.push((job.payload as Payload).n);
        return { done: {} };
      },
    });
    await worker.idle();
    test.clock.resume();
    expect(seen).toEqual(numbers(1, 10_000));
  });

  it('runs lanes beside each other: a slow one delays no other', async () => {
    const seen: string[] = [];
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const worker = await start({
      async run(job) {
        if (job.lane === 'slow') await slow;
        seen.push(job.lane);
        return { done: {} };
      },
    });
    await enqueue([{ lane: 'slow', n: 1 }, ...numbers(2, 9).map((n) => ({ lane: `fast-${n}`, n }))]);
    await expect.poll(() => seen.length).toBe(8);
    await enqueue([
      { lane: 'slow', n: 10 },
      { lane: 'fast-2', n: 11 },
    ]);
    await expect.poll(() => seen.length).toBe(9);
    expect(seen).not.toContain('slow');
    release();
    await worker.idle();
    expect(seen.slice(9)).toEqual(['slow', 'slow']);
  });

  it("holds a lane while its first job waits for another try, by the world's clock", async () => {
    const seen: string[] = [];
    test.clock.freeze();
    const worker = await start({
      async run(job, attempt): Promise<HandlerResult> {
        const { n } = job.payload as Payload;
        seen.push(`${n}/${attempt}`);
        if (n !== 1 || attempt === 3) return { done: { attempt, before: job.result } };
        return { retryAt: new Date(test.clock.nowMs() + 5000), result: { attempt } };
      },
    });
    await enqueue([
      { lane: 'a', n: 1 },
      { lane: 'a', n: 2 },
      { lane: 'b', n: 3 },
    ]);
    await worker.idle();
    expect(seen.sort()).toEqual(['1/1', '3/1']);
    await enqueue([{ lane: 'a', n: 4 }]);
    await worker.idle();
    test.clock.advance(4999);
    await worker.idle();
    expect(seen).toHaveLength(2);
    test.clock.advance(1);
    await worker.idle();
    test.clock.advance(5000);
    await worker.idle();
    expect(seen.slice(2)).toEqual(['1/2', '1/3', '2/1', '4/1']);
    const { rows } = await store.pool.query('select result from job where queue = $1 order by seq limit 1', [
      queue,
    ]);
    expect(rows[0]).toEqual({ result: { attempt: 3, before: { attempt: 2 } } });
    test.clock.resume();
  });

  it('starts a later job when its time comes, without a poll', async () => {
    const seen: number[] = [];
    await start({
      async run(job) {
        seen.push((job.payload as Payload).n);
        return { done: {} };
      },
    });
    test.clock.freeze();
    await enqueue([{ n: 1, runAt: new Date(test.clock.nowMs() + 86_400_000) }]);
    await sleep(50);
    expect(seen).toEqual([]);
    const before = performance.now();
    test.clock.advance(86_400_000);
    await expect.poll(() => seen, { interval: 5 }).toEqual([1]);
    expect(performance.now() - before).toBeLessThan(950);
    test.clock.resume();
  });

  it('loses no job that is asked for while its lane is in hand', async () => {
    const seen = new Set<number>();
    const worker = await start({
      async run(job) {
        seen.add((job.payload as Payload).n);
        return { done: {} };
      },
    });
    let n = 0;
    const writers = numbers(1, 8).map(async () => {
      for (let round = 0; round < 60; round++) await enqueue([{ lane: 'one', n: ++n }]);
    });
    await Promise.all(writers);
    await worker.idle();
    expect(seen.size).toBe(480);
    expect(await states()).toEqual({ done: 480 });
  });

  it('shares lanes between processes, and does no job twice', async () => {
    const seen: number[] = [];
    const run = async (job: { payload: Record<string, unknown> }) => {
      seen.push((job.payload as Payload).n);
      return { done: {} };
    };
    const both = [await start({ run }), await start({ run }, test.another())];
    await enqueue(numbers(1, 500).map((n) => ({ lane: `lane-${n % 50}`, n })));
    await Promise.all(both.map((worker) => worker.idle()));
    expect(seen.sort((a, b) => a - b)).toEqual(numbers(1, 500));
  });

  it('takes over the lanes of a process that died', async () => {
    const dying = test.another();
    let answerLate = (_result: HandlerResult) => {};
    const late = new Promise<HandlerResult>((resolve) => {
      answerLate = resolve;
    });
    await start({ run: () => late }, dying);
    await enqueue(
      [
        { lane: 'a', n: 1 },
        { lane: 'a', n: 2 },
      ],
      dying,
    );
    const leased = 'select leased_by from lane where queue = $1 and leased_by is not null';
    await expect.poll(async () => (await store.pool.query(leased, [queue])).rows.length).toBe(1);
    const { rows } = await store.pool.query<{ pid: number }>(
      `select pid from pg_locks join lane on leased_by::oid = objid where locktype = 'advisory' and queue = $1
       and database = (select oid from pg_database where datname = current_database())`,
      [queue],
    );
    // From here on the dead one gets no connection, or it would come back and race for its lane.
    const cut = dying.pool.close();
    await store.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await cut;
    const seen: number[] = [];
    const worker = await start({
      async run(job) {
        seen.push((job.payload as Payload).n);
        return { done: {} };
      },
    });
    await worker.idle();
    expect(seen).toEqual([1, 2]);
    dying.pool.open();
    answerLate({ dead: { error: 'late' } });
    await sleep(50);
    expect(await states()).toEqual({ done: 2 });
  });

  it('goes on after its own session was cut', async () => {
    const seen: number[] = [];
    const own = test.another();
    const worker = await start(
      {
        async run(job) {
          seen.push((job.payload as Payload).n);
          return { done: {} };
        },
      },
      own,
    );
    await enqueue([{ n: 1 }], own);
    await worker.idle();
    await store.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await expect
      .poll(() =>
        enqueue([{ n: 2 }], own).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await expect.poll(() => seen.includes(2)).toBe(true);
  });

  it('puts a job that throws to the dead letters, and the next goes on', async () => {
    await enqueue([
      { lane: 'a', n: 1 },
      { lane: 'a', n: 2 },
    ]);
    const worker = await start({
      async run(job) {
        if ((job.payload as Payload).n === 1) throw new RangeError('broken');
        return { done: { text: 'odd \0 \ud800 text' } };
      },
    });
    await worker.idle();
    const { rows } = await store.pool.query('select state, result from job where queue = $1 order by seq', [
      queue,
    ]);
    expect(rows).toEqual([
      { state: 'dead', result: { error: 'RangeError' } },
      { state: 'done', result: { text: 'odd \ufffd \ufffd text' } },
    ]);
    expect(errors).toHaveLength(1);
  });

  it('finishes what it has in hand when it is stopped, and leaves the rest to the next', async () => {
    const seen: number[] = [];
    await enqueue(numbers(1, 20).map((n) => ({ lane: 'a', n })));
    const spec = {
      async run(job: { payload: Record<string, unknown> }) {
        await sleep(5);
        seen.push((job.payload as Payload).n);
        return { done: {} };
      },
    };
    const first = await start(spec);
    await expect.poll(() => seen.length, { interval: 1 }).toBeGreaterThan(1);
    await first.stop();
    expect(seen.length).toBeLessThan(20);
    expect(await states()).toEqual({ done: seen.length, pending: 20 - seen.length });
    const second = await start(spec);
    await second.idle();
    expect(seen).toEqual(numbers(1, 20));
  });

  it('is not held up by a job that does not end: the next worker does it, and its late end counts for nothing', async () => {
    await enqueue([{ lane: 'a', n: 1 }]);
    let begun = 0;
    let end = () => {};
    const endless = new Promise<void>((resolve) => {
      end = resolve;
    });
    const spec = {
      async run() {
        begun += 1;
        await endless;
        return { dead: { error: 'too late' } };
      },
    };
    const first = await start(spec, test.another());
    await expect.poll(() => begun, { interval: 1 }).toBe(1);
    const startedMs = performance.now();
    await first.stop();
    expect(performance.now() - startedMs).toBeLessThan(4000);
    expect(await states()).toEqual({ pending: 1 });
    end();
    const second = await start({ run: async () => ({ done: {} }) });
    await expect.poll(states).toEqual({ done: 1 });
    await second.idle();
  });

  it('stores many completions in few statements', async () => {
    await enqueue(numbers(1, 2000).map((n) => ({ lane: `lane-${n}`, n })));
    const own = test.another();
    let statements = 0;
    const query = own.pool.query.bind(own.pool);
    own.pool.query = ((sql: string, values?: unknown[]) => {
      if (sql.includes('with outcome as')) statements += 1;
      return query(sql, values);
    }) as typeof own.pool.query;
    const worker = await start({ run: async () => ({ done: {} }) }, own);
    await worker.idle();
    expect(await states()).toEqual({ done: 2000 });
    expect(statements).toBeLessThan(500);
  });

  it('runs a scheduled job once each time its span has passed, in one of two processes', async () => {
    let runs = 0;
    test.clock.freeze();
    const spec = {
      everyMs: 3_600_000,
      async run() {
        runs += 1;
        if (runs === 2) throw new Error('once');
        return { done: {} };
      },
    };
    const both = [await start(spec), await start(spec, test.another())];
    const idle = () => Promise.all(both.map((worker) => worker.idle()));
    await idle();
    for (const expected of [2, 3, 4]) {
      test.clock.advance(3_600_000);
      await idle();
      expect(runs).toBe(expected);
    }
    test.clock.resume();
    expect(await states()).toEqual({ pending: 1 });
  });

  it('keeps no row for a lane without work', async () => {
    await enqueue(numbers(1, 10).map((n) => ({ n })));
    const first = await start({ run: async () => ({ done: {} }) });
    await first.idle();
    await first.stop();
    const second = await start({ run: async () => ({ done: {} }) });
    const lanes = async () =>
      (await store.pool.query('select 1 from lane where queue = $1', [queue])).rows.length;
    await expect.poll(lanes).toBe(0);
    await enqueue([{ n: 11 }]);
    await second.idle();
    expect(await states()).toEqual({ done: 11 });
  });
});
