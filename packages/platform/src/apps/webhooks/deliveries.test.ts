import { createHmac } from 'node:crypto';
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

let kit: TestPlatform;
let sink: Sink;
let ada: TestPerson;
let ben: TestPerson;
let count = 0;

beforeAll(async () => {
  sink = await startSink();
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
});
afterAll(async () => {
  await kit.close();
  await sink.close();
});

/** A webhook of a person on a path of its own. */
async function listen(
  person: TestPerson,
  resource: string,
  event: string,
  more: Record<string, unknown> = {},
) {
  const path = `/hook-${++count}`;
  const request = { name: `Hook ${count}`, targetUrl: sink.url + path, resource, event, ...more };
  const { status, body } = await person.api.post('/webhooks', request);
  expect(status).toBe(200);
  const uuid = atob(body.id).split('/').at(-1) as Uuid;
  return {
    path,
    wire: body,
    id: uuid,
    got: () => sink.at(path).map((request) => request.body),
    pairs: () => sink.at(path).map(({ body: { resource: what, event: how } }) => `${what}:${how}`),
    status: async () => (await person.api.get(`/webhooks/${body.id}`)).body.status,
  };
}

async function room(title: string, ...people: TestPerson[]): Promise<string> {
  const { body } = await ada.api.post('/rooms', { title });
  for (const person of people)
    await ada.api.post('/memberships', { roomId: body.id, personId: person.wireId });
  return body.id;
}

const say = async (roomId: string, text: string, person = ada) =>
  (await person.api.post('/messages', { roomId, text })).body;
const idle = () => kit.platform.idle();

async function withFrozenClock(work: () => Promise<void>): Promise<void> {
  kit.world.clock.freeze();
  try {
    await work();
  } finally {
    kit.world.clock.resume();
  }
}

async function pass(seconds: number): Promise<void> {
  kit.world.clock.advance(seconds * 1000);
  await idle();
}

describe('a delivery', () => {
  it('has the observed body and headers, signed over its exact bytes, without content', async () => {
    const roomId = await room('Secret plans', ben);
    const hook = await listen(ben, 'messages', 'created', { secret: 'ß', filter: `roomId=${roomId}` });
    const sent = await ada.api.post('/messages', { roomId, markdown: '**Confidential** ünïcode' });
    await idle();
    const [request] = sink.at(hook.path);
    expect(Object.keys(request!.body)).toEqual([
      ...['id', 'name', 'targetUrl', 'resource', 'event', 'filter', 'orgId', 'createdBy', 'appId', 'ownedBy'],
      ...['status', 'created', 'actorId', 'data'],
    ]);
    const { secret, ...shown } = hook.wire;
    expect(request!.body).toEqual({
      ...shown,
      actorId: ada.wireId,
      data: {
        id: sent.body.id,
        roomId,
        roomType: 'group',
        personId: ada.wireId,
        personEmail: ada.email,
        created: sent.body.created,
      },
    });
    expect(request!.text).toBe(JSON.stringify(request!.body));
    expect(request!.text).not.toMatch(/Confidential|Secret plans/);
    const signature = createHmac('sha1', secret).update(request!.text).digest('hex');
    expect(request!.method).toBe('POST');
    expect(request!.headers).toMatchObject({
      'content-type': 'application/json;charset=UTF-8',
      'x-spark-signature': signature,
      trackingid: sent.headers.get('trackingid'),
    });
    const [logged] = await listDeliveries(kit.world, { webhookId: hook.id, limit: 10 });
    expect(request!.headers['x-moothall-delivery']).toBe(logged!.id);
  });

  it('has no signature without a secret, and goes to the author too', async () => {
    const roomId = await room('Own');
    const hook = await listen(ada, 'messages', 'created');
    await say(roomId, 'mine');
    await idle();
    expect(sink.at(hook.path)).toHaveLength(1);
    expect(sink.at(hook.path)[0]!.headers).not.toHaveProperty('x-spark-signature');
  });

  it('comes for each resource and event that exists', async () => {
    const hooks = {
      rooms: await listen(ada, 'rooms', 'all'),
      memberships: await listen(ada, 'memberships', 'all'),
      messages: await listen(ada, 'messages', 'all'),
      attachmentActions: await listen(ada, 'attachmentActions', 'created'),
      all: await listen(ada, 'all', 'all'),
    };
    const roomId = await room('Everything', ben);
    await ada.api.put(`/rooms/${roomId}`, { title: 'Everything else' });
    const { body: members } = await ada.api.get(`/memberships?roomId=${roomId}&personId=${ben.wireId}`);
    const message = await say(roomId, 'one');
    await ada.api.put(`/messages/${message.id}`, { roomId, text: 'two' });
    await ada.api.delete(`/messages/${message.id}`);
    const content = {
      type: 'AdaptiveCard',
      version: '1.3',
      body: [{ type: 'Input.Text', id: 'pin' }],
      actions: [{ type: 'Action.Submit' }],
    };
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
    const card = await ada.api.post('/messages', { roomId, text: 'card', attachments });
    const submit = { type: 'submit', messageId: card.body.id, inputs: { pin: 'hidden-1234' } };
    expect((await ben.api.post('/attachment/actions', submit)).status).toBe(200);
    await ada.api.put(`/memberships/${members.items[0].id}`, { isModerator: true });
    await ada.api.delete(`/memberships/${members.items[0].id}`);
    await ada.api.delete(`/rooms/${roomId}`);
    await idle();
    const distinct = (pairs: string[]) => [...new Set(pairs)].sort();
    const three = (resource: string) =>
      ['created', 'deleted', 'updated'].map((event) => `${resource}:${event}`);
    for (const resource of ['rooms', 'memberships', 'messages'] as const)
      expect(distinct(hooks[resource].pairs())).toEqual(three(resource));
    expect(hooks.attachmentActions.pairs()).toEqual(['attachmentActions:created']);
    expect(distinct(hooks.all.pairs())).toEqual(
      [...three('rooms'), ...three('memberships'), ...three('messages')].sort(),
    );
    const texts = Object.values(hooks).flatMap((hook) => sink.at(hook.path).map((request) => request.text));
    expect(texts.join()).not.toMatch(
      /hidden-1234|Everything|"(text|markdown|html|inputs|attachments|title)"/,
    );
  });

  it('comes only for what its filter lets through', async () => {
    const one = await room('One', ben);
    const two = await room('Two', ben);
    const inOne = await listen(ada, 'messages', 'created', { filter: `roomId=${one}` });
    const byBen = await listen(ada, 'messages', 'created', {
      filter: `personEmail=${ben.email}&roomId=${two}`,
    });
    const forAda = await listen(ada, 'messages', 'created', { filter: 'mentionedPeople=me' });
    const plain = await listen(ada, 'messages', 'created', { filter: 'hasFiles=false' });
    await say(one, 'a');
    await say(two, 'b', ben);
    const markdown = `<@personId:${ada.wireId}|Ada> look`;
    await ben.api.post('/messages', { roomId: one, markdown });
    await idle();
    expect(inOne.got().map((body) => body.data.personId)).toEqual([ada.wireId, ben.wireId]);
    expect(byBen.got().map((body) => body.data.roomId)).toEqual([two]);
    expect(forAda.got().map((body) => body.data.mentionedPeople)).toEqual([[ada.wireId]]);
    expect(plain.got()).toHaveLength(3);
  });

  it('comes to nobody outside the room, whatever their organisation or role', async () => {
    const scopes = ['spark:all'];
    const stranger = await kit.addPerson();
    const admin = await kit.addPerson({ roles: ['full_admin', 'compliance_officer'], scopes });
    const foreigner = await kit.addPerson({ org: await kit.addOrg('Elsewhere') });
    const hooks = await Promise.all(
      [stranger, admin, foreigner].map((person) => listen(person, 'all', 'all')),
    );
    const roomId = await room('Closed', ben);
    await say(roomId, 'in here');
    await idle();
    expect(hooks.flatMap((hook) => hook.got())).toEqual([]);
    await ada.api.post('/memberships', { roomId, personId: foreigner.wireId });
    await say(roomId, 'welcome');
    await idle();
    expect(hooks.map((hook) => hook.pairs())).toEqual([[], [], ['memberships:created', 'messages:created']]);
  });

  it('comes to a webhook only of what happened after it was made, also in one instant', async () => {
    await withFrozenClock(async () => {
      const roomId = await room('Instant');
      await say(roomId, 'before');
      const hook = await listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` });
      const after = await say(roomId, 'after');
      await idle();
      expect(hook.got().map((body) => body.data.id)).toEqual([after.id]);
    });
  });

  it('tells a bot of messages that mention it, and of its own removal', async () => {
    const bot = await kit.addBot('Echo');
    const roomId = await room('With a bot');
    const hook = await listen(bot, 'all', 'all');
    await ada.api.post('/memberships', { roomId, personId: bot.wireId });
    await say(roomId, 'not for the bot');
    await ada.api.post('/messages', { roomId, markdown: `<@personId:${bot.wireId}> hello` });
    const { body } = await ada.api.get(`/memberships?roomId=${roomId}&personId=${bot.wireId}`);
    await ada.api.delete(`/memberships/${body.items[0].id}`);
    await say(roomId, 'it is gone');
    await idle();
    expect(hook.pairs()).toEqual(['memberships:created', 'messages:created', 'memberships:deleted']);
    expect(hook.got()[2].data).toMatchObject({ roomId, personId: bot.wireId });
  });

  it('of an org-wide webhook comes for every room of the organisation and of no other', async () => {
    const scopes = ['spark:all', 'spark-compliance:messages_read'];
    const officer = await kit.addPerson({ roles: ['compliance_officer'], scopes });
    const hook = await listen(officer, 'messages', 'created', { ownedBy: 'org' });
    const foreigner = await kit.addPerson({ org: await kit.addOrg('Foreign') });
    const foreign = (await foreigner.api.post('/rooms', { title: 'Theirs' })).body.id;
    await say(foreign, 'not yours', foreigner);
    const ours = await room('Ours');
    const message = await say(ours, 'yours');
    await idle();
    expect(hook.got().map((body) => [body.ownedBy, body.data.id])).toEqual([['org', message.id]]);
    expect((await officer.api.delete(`/webhooks/${hook.wire.id}`)).status).toBe(204);
  });
});

describe('the worker of deliveries', () => {
  it('keeps the order of each webhook', async () => {
    const roomId = await room('Ordered');
    const hooks = await Promise.all(
      [1, 2, 3].map(() => listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` })),
    );
    const ids: string[] = [];
    for (let n = 0; n < 60; n++) ids.push((await say(roomId, `${n}`)).id);
    await idle();
    for (const hook of hooks) expect(hook.got().map((body) => body.data.id)).toEqual(ids);
  });

  it('tries again after 5 and 30 s, holds what comes after, and gives up after the third try', async () => {
    await withFrozenClock(async () => {
      const roomId = await room('Failing');
      const hook = await listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` });
      sink.answer(hook.path, (n) =>
        n <= 3 ? { status: 503, body: `no ${n}`, headers: { 'x-reason': 'tired' } } : {},
      );
      const first = await say(roomId, 'first');
      const second = await say(roomId, 'second');
      await idle();
      expect(hook.got().map((body) => body.data.id)).toEqual([first.id]);
      const waiting = await listDeliveries(kit.world, { webhookId: hook.id, state: 'pending', limit: 10 });
      expect(waiting.map((delivery) => delivery.tries.length)).toEqual([0, 1]);
      await pass(4.9);
      expect(hook.got()).toHaveLength(1);
      await pass(0.1);
      expect(hook.got()).toHaveLength(2);
      await pass(30);
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
      await idle();
      expect(sink.at(hook.path).at(-1)).toMatchObject({ text: sink.at(hook.path)[0]!.text });
      expect((await listDeliveries(kit.world, { webhookId: hook.id, limit: 1 }))[0]).toMatchObject({
        id: again,
        state: 'done',
        redeliveryOf: dead!.id,
      });
    });
  });

  it('follows no redirect, and keeps the reason of a try without an answer and the start of a long one', async () => {
    const roomId = await room('Odd targets');
    const filter = `roomId=${roomId}`;
    const redirected = await listen(ada, 'messages', 'created', { filter });
    const cut = await listen(ada, 'messages', 'created', { filter });
    const closed = await listen(ada, 'messages', 'created', { filter, targetUrl: 'http://127.0.0.1:9/' });
    sink.answer(redirected.path, { status: 307, headers: { location: `${sink.url}/elsewhere` } });
    sink.answer(cut.path, { body: `\0${'x'.repeat(10_000)}` });
    await say(roomId, 'hello');
    await idle();
    expect(sink.at('/elsewhere')).toEqual([]);
    const first = async (webhookId: Uuid) => (await listDeliveries(kit.world, { webhookId, limit: 1 }))[0]!;
    expect(await first(redirected.id)).toMatchObject({ state: 'pending', tries: [{ status: 307 }] });
    expect((await first(cut.id)).response!.body).toHaveLength(4096);
    expect((await first(closed.id)).tries[0]!.error).toMatchObject({ code: 'connection_failed' });
  });

  it('delays no webhook for the dead target of another, nor the request', async () => {
    const roomId = await room('Slow');
    const filter = `roomId=${roomId}`;
    const slow = await listen(ada, 'messages', 'created', { filter });
    const quick = await listen(ada, 'messages', 'created', { filter });
    sink.answer(slow.path, { delayMs: 1500 });
    const before = performance.now();
    for (let n = 0; n < 5; n++) await say(roomId, `${n}`);
    await expect.poll(() => quick.got().length, { interval: 5 }).toBe(5);
    expect(performance.now() - before).toBeLessThan(1400);
    expect((await ada.api.delete(`/webhooks/${slow.wire.id}`)).status).toBe(204);
    await idle();
    expect(slow.got()).toHaveLength(1);
    const ended = await listDeliveries(kit.world, { webhookId: slow.id, limit: 10 });
    expect(ended.filter(({ reason }) => reason === 'webhook deleted').length).toBeGreaterThanOrEqual(4);
  });

  it('makes a webhook inactive after 100 failures within 5 minutes; once revived, one is enough for 5 more', async () => {
    await withFrozenClock(async () => {
      const roomId = await room('Dead');
      const hook = await listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` });
      sink.answer(hook.path, { status: 500 });
      const other = await listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` });
      for (let n = 0; n < 98; n++) await say(roomId, `${n}`);
      await idle();
      await pass(5);
      expect(await hook.status()).toBe('active');
      await pass(30);
      expect(await hook.status()).toBe('inactive');
      expect(hook.got()).toHaveLength(3);
      const dead = await listDeliveries(kit.world, { webhookId: hook.id, state: 'dead', limit: 200 });
      expect(dead).toHaveLength(98);
      expect(new Set(dead.map(({ reason }) => reason))).toEqual(new Set(['webhook inactive']));
      expect((await kit.events()).at(-1)).toMatchObject({
        resource: 'webhooks',
        data: { status: 'inactive' },
      });
      await say(roomId, 'unheard');
      await idle();
      expect(hook.got()).toHaveLength(3);
      expect(other.got()).toHaveLength(99);

      const { name, targetUrl } = hook.wire;
      const revive = () => ada.api.put(`/webhooks/${hook.wire.id}`, { name, targetUrl, status: 'active' });
      expect((await revive()).body.status).toBe('active');
      await pass(299);
      await say(roomId, 'on probation');
      await idle();
      expect([await hook.status(), hook.got().length]).toEqual(['inactive', 4]);
      await revive();
      await pass(301);
      await say(roomId, 'trusted again');
      await idle();
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
    const roomId = await room('Farewell', leaver);
    const filter = `roomId=${roomId}`;
    const hook = await listen(leaver, 'messages', 'created', { filter });
    const stays = await listen(ada, 'messages', 'created', { filter });
    expect((await admin.api.delete(`/people/${leaver.wireId}`)).status).toBe(204);
    await say(roomId, 'goodbye');
    await idle();
    expect([hook.got().length, stays.got().length]).toEqual([0, 1]);
    const { rows } = await kit.world.store.pool.query('select 1 from webhook where id = $1', [hook.id]);
    expect(rows).toEqual([]);
  });

  it('forgets finished deliveries after their time', async () => {
    await withFrozenClock(async () => {
      const roomId = await room('Old');
      const hook = await listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` });
      await say(roomId, 'old');
      await idle();
      await pass(20 * 86_400);
      await say(roomId, 'young');
      await idle();
      const kept = () => listDeliveries(kit.world, { webhookId: hook.id, limit: 10 });
      expect(await kept()).toHaveLength(2);
      await pass(11 * 86_400);
      expect(await kept()).toHaveLength(1);
    });
  });
});
