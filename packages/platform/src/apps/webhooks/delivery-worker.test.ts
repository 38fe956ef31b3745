import type { Uuid } from '@moothall/core';
import { listDeliveries, redeliver } from '@moothall/platform';
import {
  type Sink,
  startSink,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveryTest } from './test-support.ts';

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

describe('the worker of deliveries', () => {
  it('keeps the order of each webhook', async () => {
    const roomId = await test.room(ada, 'Ordered');
    const hooks = await Promise.all(
      [1, 2, 3].map(() => test.listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` })),
    );
    const ids: string[] = [];
    for (let n = 0; n < 60; n++) ids.push((await test.say(ada, roomId, `${n}`)).id);
    await test.idle();
    for (const hook of hooks) expect(hook.got().map((body) => body.data.id)).toEqual(ids);
  });

  it('tries again after 5 and 30 s, holds what comes after, and gives up after the third try', async () => {
    await test.withFrozenClock(async () => {
      const roomId = await test.room(ada, 'Failing');
      const hook = await test.listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` });
      sink.answer(hook.path, (n) =>
        n <= 3 ? { status: 503, body: `no ${n}`, headers: { 'x-reason': 'tired' } } : {},
      );
      const first = await test.say(ada, roomId, 'first');
      const second = await test.say(ada, roomId, 'second');
      await test.idle();
      expect(hook.got().map((body) => body.data.id)).toEqual([first.id]);
      const waiting = await listDeliveries(kit.world, { webhookId: hook.id, state: 'pending', limit: 10 });
      expect(waiting.map((delivery) => delivery.tries.length)).toEqual([0, 1]);
      await test.pass(4.9);
      expect(hook.got()).toHaveLength(1);
      await test.pass(0.1);
      expect(hook.got()).toHaveLength(2);
      await test.pass(30);
      expect(hook.got().map((body) => body.data.id)).toEqual([first.id, first.id, first.id, second.id]);
      const [done, dead] = await listDeliveries(kit.world, { webhookId: hook.id, limit: 10 });
      expect(done).toMatchObject({ state: 'done', tries: [{ status: 200 }], reason: undefined });
      expect(dead).toMatchObject({
        state: 'dead',
        reason: 'all tries failed',
        response: { status: 503, body: 'no 3', headers: { 'x-reason': 'tired' } },
        tries: [{ status: 503 }, { status: 503 }, { status: 503 }],
      });
      expect(new Set(sink.at(hook.path).map(({ headers }) => headers['x-moothall-delivery'])).size).toBe(2);
      const again = await redeliver(kit.world, dead!.id);
      await test.idle();
      expect(sink.at(hook.path).at(-1)).toMatchObject({ text: sink.at(hook.path)[0]!.text });
      expect((await listDeliveries(kit.world, { webhookId: hook.id, limit: 1 }))[0]).toMatchObject({
        id: again,
        state: 'done',
        redeliveryOf: dead!.id,
      });
    });
  });

  it('sends what an earlier release asked for as that release would', async () => {
    const hook = await test.listen(ada, 'messages', 'created', { secret: 'changed since' });
    const about = { webhookId: hook.id, targetUrl: sink.url + hook.path, resource: 'messages' };
    const payload = { ...about, event: 'created', body: '{"old":1}', trackingId: 'OLD_1', signature: 'abc' };
    const job = { queue: 'webhooks.deliver', lane: hook.id };
    await kit.world.store.tx(async (tx) => tx.enqueue({ ...job, payload }));
    await kit.world.store.tx(async (tx) => {
      const { body: _whole, ...own } = payload;
      tx.enqueue({ ...job, payload: own, parts: [{ head: '{"two"' }, { tail: ':2}' }] });
    });
    await test.idle();
    const sent = sink.at(hook.path).map(({ text, headers }) => [text, headers['x-spark-signature']]);
    expect(sent).toEqual([
      ['{"old":1}', 'abc'],
      ['{"two":2}', 'abc'],
    ]);
    expect(sink.at(hook.path)[0]!.headers.trackingid).toBe('OLD_1');
  });

  it('shows deliveries whose secret was sealed with another key, without a signature', async () => {
    const roomId = await test.room(ada, 'Sealed');
    const hook = await test.listen(ada, 'messages', 'created', { secret: 's', filter: `roomId=${roomId}` });
    await test.say(ada, roomId, 'hello');
    await test.idle();
    const shown = async () =>
      (await listDeliveries(kit.world, { webhookId: hook.id, limit: 1 }))[0]!.request.headers;
    expect(await shown()).toMatchObject({ 'X-Spark-Signature': expect.stringMatching(/^[0-9a-f]{40}$/) });
    const { open } = kit.world.secrets;
    kit.world.caches.named('webhook.secret').clear();
    kit.world.secrets.open = () => {
      throw new Error('another key');
    };
    expect(await shown()).not.toHaveProperty('X-Spark-Signature');
    kit.world.secrets.open = open;
  });

  it('follows no redirect, and keeps the reason of a try without an answer and the start of a long one', async () => {
    const roomId = await test.room(ada, 'Odd targets');
    const filter = `roomId=${roomId}`;
    const redirected = await test.listen(ada, 'messages', 'created', { filter });
    const cut = await test.listen(ada, 'messages', 'created', { filter });
    const closed = await test.listen(ada, 'messages', 'created', {
      filter,
      targetUrl: 'http://127.0.0.1:9/',
    });
    sink.answer(redirected.path, { status: 307, headers: { location: `${sink.url}/elsewhere` } });
    sink.answer(cut.path, { body: `\0${'x'.repeat(10_000)}` });
    await test.say(ada, roomId, 'hello');
    await test.idle();
    expect(sink.at('/elsewhere')).toEqual([]);
    const first = async (webhookId: Uuid) => (await listDeliveries(kit.world, { webhookId, limit: 1 }))[0]!;
    expect(await first(redirected.id)).toMatchObject({ state: 'pending', tries: [{ status: 307 }] });
    expect((await first(cut.id)).response!.body).toHaveLength(4096);
    expect((await first(closed.id)).tries[0]!.error).toMatchObject({ code: 'connection_failed' });
  });

  it('delays no webhook for the dead target of another, nor the request', async () => {
    const roomId = await test.room(ada, 'Slow');
    const filter = `roomId=${roomId}`;
    const slow = await test.listen(ada, 'messages', 'created', { filter });
    const quick = await test.listen(ada, 'messages', 'created', { filter });
    sink.answer(slow.path, { delayMs: 1500 });
    const before = performance.now();
    for (let n = 0; n < 5; n++) await test.say(ada, roomId, `${n}`);
    await expect.poll(() => quick.got().length, { interval: 5 }).toBe(5);
    expect(performance.now() - before).toBeLessThan(1400);
    expect((await ada.api.delete(`/webhooks/${slow.wire.id}`)).status).toBe(204);
    await test.idle();
    expect(slow.got()).toHaveLength(1);
    const ended = await listDeliveries(kit.world, { webhookId: slow.id, limit: 10 });
    expect(ended.filter(({ reason }) => reason === 'webhook deleted').length).toBeGreaterThanOrEqual(4);
  });

  it('makes a webhook inactive after 100 failures within 5 minutes; once revived, one is enough for 5 more', async () => {
    await test.withFrozenClock(async () => {
      const roomId = await test.room(ada, 'Dead');
      const hook = await test.listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` });
      sink.answer(hook.path, { status: 500 });
      const other = await test.listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` });
      for (let n = 0; n < 98; n++) await test.say(ada, roomId, `${n}`);
      await test.idle();
      await test.pass(5);
      expect(await hook.status()).toBe('active');
      await test.pass(30);
      expect(await hook.status()).toBe('inactive');
      expect(hook.got()).toHaveLength(3);
      const dead = await listDeliveries(kit.world, { webhookId: hook.id, state: 'dead', limit: 200 });
      expect(dead).toHaveLength(98);
      expect(new Set(dead.map(({ reason }) => reason))).toEqual(new Set(['webhook inactive']));
      expect((await kit.events()).at(-1)).toMatchObject({
        resource: 'webhooks',
        data: { status: 'inactive' },
      });
      await test.say(ada, roomId, 'unheard');
      await test.idle();
      expect(hook.got()).toHaveLength(3);
      expect(other.got()).toHaveLength(99);

      const { name, targetUrl } = hook.wire;
      const revive = () => ada.api.put(`/webhooks/${hook.wire.id}`, { name, targetUrl, status: 'active' });
      expect((await revive()).body.status).toBe('active');
      await test.pass(299);
      await test.say(ada, roomId, 'on probation');
      await test.idle();
      expect([await hook.status(), hook.got().length]).toEqual(['inactive', 4]);
      await revive();
      await test.pass(301);
      await test.say(ada, roomId, 'trusted again');
      await test.idle();
      expect(await hook.status()).toBe('active');
    });
  });

  it('counts failed tries, and forgets those older than 5 minutes', async () => {
    const small = await startTestPlatform({ limits: { 'webhook.failures': 4, 'webhook.tries': 1 } });
    const eve = await small.addPerson();
    small.world.clock.freeze();
    const { body: space } = await eve.api.post('/rooms', { title: 'Space' });
    const request = {
      name: 'x',
      targetUrl: `${sink.url}/always-500`,
      resource: 'messages',
      event: 'created',
    };
    sink.answer('/always-500', { status: 500 });
    const { body } = await eve.api.post('/webhooks', request);
    const fail = async () => {
      await eve.api.post('/messages', { roomId: space.id, text: 'x' });
      await small.platform.idle();
      return (await eve.api.get(`/webhooks/${body.id}`)).body.status;
    };
    for (let n = 0; n < 3; n++) expect(await fail()).toBe('active');
    small.world.clock.advance(300_000);
    for (let n = 0; n < 3; n++) expect(await fail()).toBe('active');
    expect(await fail()).toBe('inactive');
    await small.close();
  });

  it('refuses a name that leads to a private address at the time of the delivery', async () => {
    const closed = await startTestPlatform({ config: { mode: 'production' } });
    const eve = await closed.addPerson();
    const targetUrl = `http://localhost:${new URL(sink.url).port}/private`;
    const hook = await eve.api.post('/webhooks', {
      name: 'x',
      targetUrl,
      resource: 'rooms',
      event: 'created',
    });
    expect(hook.status).toBe(200);
    await eve.api.post('/rooms', { title: 'x' });
    await closed.platform.idle();
    expect(sink.at('/private')).toEqual([]);
    const [delivery] = await listDeliveries(closed.world, { limit: 1 });
    expect(delivery!.tries[0]!.error).toMatchObject({ code: 'blocked_address' });
    await closed.close();
  });

  it('ends with its creator', async () => {
    const leaver = await kit.addPerson({ name: 'Leaver' });
    const admin = await kit.addPerson({
      roles: ['full_admin'],
      scopes: ['spark:all', 'spark-admin:people_write'],
    });
    const roomId = await test.room(ada, 'Farewell', leaver);
    const filter = `roomId=${roomId}`;
    const hook = await test.listen(leaver, 'messages', 'created', { filter });
    const stays = await test.listen(ada, 'messages', 'created', { filter });
    expect((await admin.api.delete(`/people/${leaver.wireId}`)).status).toBe(204);
    await test.say(ada, roomId, 'goodbye');
    await test.idle();
    expect([hook.got().length, stays.got().length]).toEqual([0, 1]);
    const { rows } = await kit.world.store.pool.query('select 1 from webhook where id = $1', [hook.id]);
    expect(rows).toEqual([]);
  });

  it('forgets finished deliveries after their time', async () => {
    await test.withFrozenClock(async () => {
      const roomId = await test.room(ada, 'Old');
      const hook = await test.listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` });
      await test.say(ada, roomId, 'old');
      await test.idle();
      await test.pass(20 * 86_400);
      await test.say(ada, roomId, 'young');
      await test.idle();
      const kept = () => listDeliveries(kit.world, { webhookId: hook.id, limit: 10 });
      expect(await kept()).toHaveLength(2);
      await test.pass(11 * 86_400);
      expect(await kept()).toHaveLength(1);
    });
  });
});
