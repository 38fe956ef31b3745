import { listDeliveries, redeliver } from '@moothall/platform';
import {
  type Sink,
  startSink,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DELIVERY_QUEUE } from './delivery.ts';
import { deliveryTest, type Hook } from './test-support.ts';

let kit: TestPlatform;
let sink: Sink;
let ada: TestPerson;
let test: ReturnType<typeof deliveryTest>;

beforeAll(async () => {
  sink = await startSink();
  kit = await startTestPlatform();
  test = deliveryTest(kit, sink);
  ada = await kit.addPerson({ name: 'Ada' });
});
afterAll(async () => {
  await kit.close();
  await sink.close();
});

/** Waits until a reader gets all events at once: older transactions, of whatever database, hold some of them back. */
async function allReadable(): Promise<void> {
  const READABLE = 'select bool_and(tx < pg_snapshot_xmin(pg_current_snapshot())) as readable from event';
  const { pool } = kit.world.store;
  const isReadable = async () => (await pool.query<{ readable: boolean }>(READABLE)).rows[0]!.readable;
  await expect.poll(isReadable, { timeout: 20_000 }).toBe(true);
}

/** Does what causes events while nothing is dispatched, so that one batch holds them. */
async function atOnce(work: () => Promise<void>): Promise<void> {
  await kit.platform.stopWork();
  await work();
  await allReadable();
  await kit.platform.startWork();
  await test.idle();
}

/** Ids of `count` messages that were posted at once. */
async function sayAtOnce(roomId: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  await atOnce(async () => {
    for (let n = 0; n < count; n++) ids.push((await test.say(ada, roomId, `${n}`)).id);
  });
  return ids;
}

async function listen(title: string): Promise<{ roomId: string; hook: Hook }> {
  const roomId = await test.room(ada, title);
  return { roomId, hook: await test.listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` }) };
}

async function jobsOf({ id }: Hook): Promise<{ state: string; events: number }[]> {
  const { rows } = await kit.world.store.pool.query<{ state: string; events: number }>(
    `select state, (payload->>'events')::int as events from job where queue = $1 and lane = $2
     order by seq`,
    [DELIVERY_QUEUE, id],
  );
  return rows;
}

const deliveries = ({ id }: Hook) => listDeliveries(kit.world, { webhookId: id, limit: 100 });

it('holds what follows each other of one kind, in order, and each delivery has an id of its own', async () => {
  const [ben, eve] = [await kit.addPerson({ name: 'Ben' }), await kit.addPerson({ name: 'Eve' })];
  const roomId = await test.room(ada, 'Kinds', eve);
  const hook = await test.listen(eve, 'all', 'all');
  await atOnce(async () => {
    for (let n = 0; n < 3; n++) await test.say(ada, roomId, `${n}`);
    await ada.api.post('/memberships', { roomId, personId: ben.wireId });
    for (let n = 3; n < 7; n++) await test.say(ada, roomId, `${n}`);
  });
  const messages = (count: number) => Array<string>(count).fill('messages:created');
  expect(hook.pairs()).toEqual([...messages(3), 'memberships:created', ...messages(4)]);
  expect((await jobsOf(hook)).map(({ events }) => events)).toEqual([3, 1, 4]);
  const sent = sink.at(hook.path).map(({ headers }) => headers['x-moothall-delivery']);
  const listed = await deliveries(hook);
  expect(listed.map(({ id }) => id)).toEqual(sent.toReversed());
  expect(new Set(sent).size).toBe(8);
  expect(listed.map(({ request }) => request.body)).toEqual(
    sink
      .at(hook.path)
      .map(({ text }) => text)
      .toReversed(),
  );
  for (const { trackingId, finishedAt, tries } of listed) {
    expect(trackingId).not.toBe('');
    expect(finishedAt!.getTime()).toBeGreaterThanOrEqual(Date.parse(tries[0]!.at));
  }
});

it('is listed page by page and found by the id of one delivery, which is delivered again by itself', async () => {
  const { roomId, hook } = await listen('Pages');
  await sayAtOnce(roomId, 5);
  const all = await deliveries(hook);
  const paged = [];
  for (let afterId = all[0]!.id; ; ) {
    const page = await listDeliveries(kit.world, { webhookId: hook.id, afterId, limit: 2 });
    if (page.length === 0) break;
    paged.push(...page);
    afterId = page.at(-1)!.id;
  }
  expect(paged).toEqual(all.slice(1));
  const third = all[2]!;
  expect(await listDeliveries(kit.world, { id: third.id, limit: 5 })).toEqual([third]);
  const again = await redeliver(kit.world, third.id);
  await test.idle();
  expect(sink.at(hook.path)).toHaveLength(6);
  expect(sink.at(hook.path).at(-1)!.text).toBe(third.request.body);
  const [repeated] = await listDeliveries(kit.world, { id: again, limit: 1 });
  expect(repeated).toMatchObject({ id: again, redeliveryOf: third.id, state: 'done' });
});

it('goes on behind what was delivered when one fails, and behind one that failed for good', async () => {
  await test.withFrozenClock(async () => {
    const { roomId, hook } = await listen('Fails in the middle');
    sink.answer(hook.path, (n) => (n >= 3 && n <= 5 ? { status: 503 } : {}));
    const ids = await sayAtOnce(roomId, 4);
    const got = () => hook.got().map((body) => ids.indexOf(body.data.id));
    const states = async () => (await deliveries(hook)).map(({ state }) => state).toReversed();
    expect(got()).toEqual([0, 1, 2]);
    expect(await states()).toEqual(['done', 'done', 'pending', 'pending']);
    const [waiting, tried] = await deliveries(hook);
    expect([waiting!.tries.length, tried!.tries.length]).toEqual([0, 1]);
    expect(tried!.nextTryAt!.getTime()).toBe(kit.world.clock.nowMs() + 5000);
    await test.pass(5);
    expect(got()).toEqual([0, 1, 2, 2]);
    await test.pass(30);
    expect(got()).toEqual([0, 1, 2, 2, 2, 3]);
    expect(await states()).toEqual(['done', 'done', 'dead', 'done']);
    const dead = await listDeliveries(kit.world, { webhookId: hook.id, state: 'dead', limit: 9 });
    expect(dead).toMatchObject([{ reason: 'all tries failed', tries: [{}, {}, {}] }]);
    const done = await listDeliveries(kit.world, { webhookId: hook.id, state: 'done', limit: 9 });
    expect(done.map(({ reason, tries }) => [reason, tries.length])).toEqual(Array(3).fill([undefined, 1]));
    expect(await listDeliveries(kit.world, { webhookId: hook.id, state: 'pending', limit: 9 })).toEqual([]);
  });
});

it('counts what is held behind a failure for good, in the same job and in those that follow', async () => {
  await test.withFrozenClock(async () => {
    const { roomId, hook } = await listen('Held');
    sink.answer(hook.path, (n) => (n > 1 ? { status: 500 } : {}));
    await sayAtOnce(roomId, 60);
    await sayAtOnce(roomId, 39);
    await test.pass(5);
    expect(await hook.status()).toBe('active');
    await test.pass(30);
    // 3 tries, 58 behind in the job and 39 in the next: 100.
    expect(await hook.status()).toBe('inactive');
    const reasons = (await deliveries(hook)).map(({ state, reason }) => `${state} ${reason}`);
    expect(reasons).toEqual([...Array(98).fill('dead webhook inactive'), 'done undefined']);
    expect(hook.got()).toHaveLength(4);
  });
});

it('tries again what failed on this side, and loses nothing behind it', async () => {
  await test.withFrozenClock(async () => {
    const roomId = await test.room(ada, 'Own failure');
    const filter = `roomId=${roomId}`;
    const hook = await test.listen(ada, 'messages', 'created', { filter, secret: 'a secret' });
    const { open } = kit.world.secrets;
    kit.world.caches.named('webhook.secret').clear();
    kit.world.secrets.open = () => {
      throw new Error('no key');
    };
    await sayAtOnce(roomId, 3);
    expect(hook.got()).toEqual([]);
    const first = (await deliveries(hook)).at(-1)!;
    expect(first).toMatchObject({ state: 'pending', tries: [{ error: { code: 'internal' } }] });
    kit.world.secrets.open = open;
    await test.pass(5);
    expect(hook.got()).toHaveLength(3);
    expect(await hook.status()).toBe('active');
    kit.world.caches.named('webhook.secret').clear();
    kit.world.secrets.open = () => {
      throw new Error('no key');
    };
    await sayAtOnce(roomId, 1);
    await test.pass(5);
    await test.pass(30);
    kit.world.secrets.open = open;
    expect((await deliveries(hook))[0]).toMatchObject({ state: 'dead', reason: 'all tries failed' });
  });
});

it('ends with its webhook, in the middle of a job', async () => {
  const { roomId, hook } = await listen('Deleted');
  sink.answer(hook.path, (n) => (n === 2 ? { delayMs: 600 } : {}));
  await kit.platform.stopWork();
  for (let n = 0; n < 4; n++) await test.say(ada, roomId, `${n}`);
  await kit.platform.startWork();
  await expect.poll(() => hook.got().length).toBe(2);
  expect((await ada.api.delete(`/webhooks/${hook.wire.id}`)).status).toBe(204);
  await test.idle();
  expect(hook.got()).toHaveLength(2);
  const reasons = (await deliveries(hook)).map(({ reason }) => reason);
  expect(reasons.slice(0, 2)).toEqual(['webhook deleted', 'webhook deleted']);
});

it('goes on after a stop in the middle of it, and repeats nothing', async () => {
  const { roomId, hook } = await listen('Stopped');
  sink.answer(hook.path, { delayMs: 50 });
  await kit.platform.stopWork();
  const ids: string[] = [];
  for (let n = 0; n < 20; n++) ids.push((await test.say(ada, roomId, `${n}`)).id);
  await allReadable();
  await kit.platform.startWork();
  await expect.poll(() => hook.got().length).toBeGreaterThan(3);
  await kit.platform.stopWork();
  const before = hook.got().length;
  expect(before).toBeLessThan(20);
  const kept = await listDeliveries(kit.world, { webhookId: hook.id, state: 'done', limit: 100 });
  expect(kept).toHaveLength(before);
  await kit.platform.startWork();
  await test.idle();
  expect(hook.got().map((body) => body.data.id)).toEqual(ids);
  expect(await jobsOf(hook)).toEqual([{ state: 'done', events: 20 }]);
});
