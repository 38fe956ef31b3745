import { createHmac } from 'node:crypto';
import { listDeliveries } from '@moothall/platform';
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
let ben: TestPerson;
let test: ReturnType<typeof deliveryTest>;

beforeAll(async () => {
  sink = await startSink();
  kit = await startTestPlatform();
  test = deliveryTest(kit, sink);
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
});
afterAll(async () => {
  await kit.close();
  await sink.close();
});

describe('a delivery', () => {
  it('has the observed body and headers, signed over its exact bytes, without content', async () => {
    const roomId = await test.room(ada, 'Secret plans', ben);
    const hook = await test.listen(ben, 'messages', 'created', { secret: 'ß', filter: `roomId=${roomId}` });
    const sent = await ada.api.post('/messages', { roomId, markdown: '**Confidential** ünïcode' });
    await test.idle();
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
    const roomId = await test.room(ada, 'Own');
    const hook = await test.listen(ada, 'messages', 'created');
    await test.say(ada, roomId, 'mine');
    await test.idle();
    expect(sink.at(hook.path)).toHaveLength(1);
    expect(sink.at(hook.path)[0]!.headers).not.toHaveProperty('x-spark-signature');
  });

  it('comes for each resource and event that exists', async () => {
    const hooks = {
      rooms: await test.listen(ada, 'rooms', 'all'),
      memberships: await test.listen(ada, 'memberships', 'all'),
      messages: await test.listen(ada, 'messages', 'all'),
      attachmentActions: await test.listen(ada, 'attachmentActions', 'created'),
      all: await test.listen(ada, 'all', 'all'),
    };
    const roomId = await test.room(ada, 'Everything', ben);
    await ada.api.put(`/rooms/${roomId}`, { title: 'Everything else' });
    const { body: members } = await ada.api.get(`/memberships?roomId=${roomId}&personId=${ben.wireId}`);
    const message = await test.say(ada, roomId, 'one');
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
    await test.idle();
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
    const one = await test.room(ada, 'One', ben);
    const two = await test.room(ada, 'Two', ben);
    const inOne = await test.listen(ada, 'messages', 'created', { filter: `roomId=${one}` });
    const byBen = await test.listen(ada, 'messages', 'created', {
      filter: `personEmail=${ben.email}&roomId=${two}`,
    });
    const forAda = await test.listen(ada, 'messages', 'created', { filter: 'mentionedPeople=me' });
    const plain = await test.listen(ada, 'messages', 'created', { filter: 'hasFiles=false' });
    await test.say(ada, one, 'a');
    await test.say(ben, two, 'b');
    const markdown = `<@personId:${ada.wireId}|Ada> look`;
    await ben.api.post('/messages', { roomId: one, markdown });
    await test.idle();
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
      [stranger, admin, foreigner].map((person) => test.listen(person, 'all', 'all')),
    );
    const roomId = await test.room(ada, 'Closed', ben);
    await test.say(ada, roomId, 'in here');
    await test.idle();
    expect(hooks.flatMap((hook) => hook.got())).toEqual([]);
    await ada.api.post('/memberships', { roomId, personId: foreigner.wireId });
    await test.say(ada, roomId, 'welcome');
    await test.idle();
    expect(hooks.map((hook) => hook.pairs())).toEqual([[], [], ['memberships:created', 'messages:created']]);
  });

  it('comes to a webhook only of what happened after it was made, also in one instant', async () => {
    await test.withFrozenClock(async () => {
      const roomId = await test.room(ada, 'Instant');
      await test.say(ada, roomId, 'before');
      const hook = await test.listen(ada, 'messages', 'created', { filter: `roomId=${roomId}` });
      const after = await test.say(ada, roomId, 'after');
      await test.idle();
      expect(hook.got().map((body) => body.data.id)).toEqual([after.id]);
    });
  });

  it('tells a bot of messages that mention it, and of its own removal, also when dispatch comes late', async () => {
    const bot = await kit.addBot('Echo');
    const roomId = await test.room(ada, 'With a bot');
    const hook = await test.listen(bot, 'all', 'all');
    await kit.platform.stopWork();
    await ada.api.post('/memberships', { roomId, personId: bot.wireId });
    await test.say(ada, roomId, 'not for the bot');
    await ada.api.post('/messages', { roomId, markdown: `<@personId:${bot.wireId}> hello` });
    const { body } = await ada.api.get(`/memberships?roomId=${roomId}&personId=${bot.wireId}`);
    await ada.api.delete(`/memberships/${body.items[0].id}`);
    await test.say(ada, roomId, 'it is gone');
    await kit.platform.startWork();
    await test.idle();
    expect(hook.pairs()).toEqual(['memberships:created', 'messages:created', 'memberships:deleted']);
    expect(hook.got()[2].data).toMatchObject({ roomId, personId: bot.wireId });
  });

  it('of an org-wide webhook comes for every room of the organisation and of no other', async () => {
    const scopes = ['spark:all', 'spark-compliance:messages_read'];
    const officer = await kit.addPerson({ roles: ['compliance_officer'], scopes });
    const hook = await test.listen(officer, 'messages', 'created', { ownedBy: 'org' });
    const foreigner = await kit.addPerson({ org: await kit.addOrg('Foreign') });
    const foreign = (await foreigner.api.post('/rooms', { title: 'Theirs' })).body.id;
    await test.say(foreigner, foreign, 'not yours');
    const ours = await test.room(ada, 'Ours');
    const message = await test.say(ada, ours, 'yours');
    await test.idle();
    expect(hook.got().map((body) => [body.ownedBy, body.data.id])).toEqual([['org', message.id]]);
    expect((await officer.api.delete(`/webhooks/${hook.wire.id}`)).status).toBe(204);
  });
});
