import { encodeWireId } from '@moothall/core';
import { directRoomId, forgetMembership } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let bot: TestPerson;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  bot = await kit.addBot('Echo');
});
afterAll(() => kit.close());

const names = async (count: number) =>
  (await kit.events()).slice(-count).map(({ resource, event }) => `${resource}:${event}`);

describe('direct messages', () => {
  it('the first makes the room with both in it, later ones go there', async () => {
    const first = await ada.api.post('/messages', { toPersonEmail: ben.email.toUpperCase(), text: 'hello' });
    expect(first.body).toMatchObject({ roomType: 'direct', toPersonEmail: ben.email.toUpperCase() });
    expect(first.body.roomId).toBe(encodeWireId('ROOM', directRoomId(ben.id, ada.id)));
    expect(await names(4)).toEqual([
      'rooms:created',
      'memberships:created',
      'memberships:created',
      'messages:created',
    ]);
    const answer = await ben.api.post('/messages', { toPersonId: ada.wireId, text: 'hi' });
    expect(answer.body).toMatchObject({ roomId: first.body.roomId, toPersonId: ada.wireId });
    expect(await names(1)).toEqual(['messages:created']);
    const shown = (await ben.api.get(`/messages/${first.body.id}`)).body;
    expect(shown).not.toHaveProperty('toPersonEmail');
    expect((await ada.api.get(`/rooms/${first.body.roomId}`)).body).toMatchObject({
      type: 'direct',
      title: 'Ben',
    });
  });

  it('list by person, id or address, and by parent', async () => {
    const parent = (await ada.api.post('/messages', { toPersonId: ben.id, text: 'parent' })).body;
    const reply = (
      await ben.api.post('/messages', { toPersonId: ada.id, text: 'reply', parentId: parent.id })
    ).body;
    const byId = await ada.api.get(`/messages/direct?personId=${ben.wireId}`);
    expect(byId.body.items.slice(0, 2).map((item: { id: string }) => item.id)).toEqual([reply.id, parent.id]);
    const byEmail = await ben.api.get(`/messages/direct?personEmail=${ada.email}&parentId=${parent.id}`);
    expect(byEmail.body.items.map((item: { id: string }) => item.id)).toEqual([reply.id]);
    const page = await ada.api.get(`/messages/direct?personId=${ben.wireId}&max=1`);
    const link = /^<(.+)>; rel="next"$/.exec(page.headers.get('link')!)![1]!;
    const second = await ada.api.get(link.slice(kit.baseUrl.length));
    expect(second.body.items.map((item: { id: string }) => item.id)).toEqual([parent.id]);
  });

  it('list: nobody named, nobody known, nothing sent', async () => {
    expect((await ada.api.get('/messages/direct')).status).toBe(400);
    expect((await ada.api.get('/messages/direct?personEmail=nobody@acme.test')).status).toBe(404);
    const eve = await kit.addPerson();
    expect((await ada.api.get(`/messages/direct?personId=${eve.wireId}`)).status).toBe(404);
    const both = `/messages/direct?personId=${ben.wireId}&personEmail=${eve.email}`;
    expect((await ada.api.get(both)).status).toBe(400);
  });

  it('to oneself and to ids of nobody are refused, and make nothing', async () => {
    const before = (await kit.events()).length;
    for (const body of [{ toPersonId: ada.id }, { toPersonEmail: ada.email }]) {
      const reply = await ada.api.post('/messages', { ...body, text: 'x' });
      expect([reply.status, reply.body.message]).toEqual([
        400,
        'toPersonId or toPersonEmail: you cannot send a message to yourself.',
      ]);
    }
    const nobody = { toPersonId: '0197c0de-0000-7000-8000-000000000000', text: 'x' };
    expect((await ada.api.post('/messages', nobody)).status).toBe(404);
    expect(
      (await ada.api.post('/messages', { toPersonEmail: `nobody@${kit.world.config.botDomain}`, text: 'x' }))
        .status,
    ).toBe(404);
    const eve = await kit.addPerson();
    const mention = { toPersonId: eve.id, markdown: `<@personId:${ben.id}>` };
    expect((await ada.api.post('/messages', mention)).status).toBe(400);
    const reply = { toPersonId: eve.id, text: 'x', parentId: '0197c0de-0000-7000-8000-000000000000' };
    expect((await ada.api.post('/messages', reply)).status).toBe(400);
    expect((await kit.events()).filter(({ resource }) => resource !== 'people').length).toBe(
      before -
        (await kit.events()).slice(0, before).filter(({ resource }) => resource === 'people').length +
        1,
    );
  });

  it('to an unknown address invite', async () => {
    const sent = await ada.api.post('/messages', { toPersonEmail: 'new.comer@acme.test', text: 'welcome' });
    expect(sent.status).toBe(200);
    const { rows } = await kit.world.store.pool.query<{ pending: boolean }>(
      `select invite_pending as pending from person where email = 'new.comer@acme.test'`,
    );
    expect(rows).toEqual([{ pending: true }]);
    const again = await ada.api.post('/messages', { toPersonEmail: 'New.Comer@acme.test', text: 'again' });
    expect(again.body.roomId).toBe(sent.body.roomId);
  });

  it('at once, from both sides, make one room', async () => {
    const one = await kit.addPerson();
    const two = await kit.addPerson();
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        index % 2 === 0
          ? one.api.post('/messages', { toPersonId: two.id, text: `${index}` })
          : two.api.post('/messages', { toPersonEmail: one.email, text: `${index}` }),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect(new Set(replies.map(({ body }) => body.roomId)).size).toBe(1);
    const { items } = (await one.api.get(`/messages/direct?personId=${two.wireId}`)).body;
    expect(items).toHaveLength(12);
    const events = (await kit.events()).filter(({ data }) => data.roomId === directRoomId(one.id, two.id));
    expect(events.filter(({ resource }) => resource === 'memberships')).toHaveLength(2);
  });

  it('bring a hidden room back, with its event', async () => {
    const roomId = directRoomId(ada.id, ben.id);
    await kit.world.store.pool.query(
      'update membership set is_room_hidden = true where room_id = $1 and person_id = $2',
      [roomId, ben.id],
    );
    forgetMembership(kit.world, roomId, ben.id);
    expect((await ada.api.post('/messages', { toPersonId: ben.id, text: 'are you there?' })).status).toBe(
      200,
    );
    const { rows } = await kit.world.store.pool.query(
      'select 1 from membership where room_id = $1 and is_room_hidden',
      [roomId],
    );
    expect(rows).toEqual([]);
    expect(await names(2)).toEqual(['messages:created', 'memberships:updated']);
    expect((await kit.events()).at(-1)!.data).toMatchObject({ personId: ben.id, isRoomHidden: false });
  });

  it('with a bot show everything to it; the room belongs to the organisation of the person', async () => {
    const other = await kit.addOrg('Other');
    const stranger = await kit.addPerson({ org: other, name: 'Stranger' });
    const hello = await bot.api.post('/messages', { toPersonId: stranger.wireId, text: 'hello' });
    const answer = await stranger.api.post('/messages', { toPersonEmail: bot.email, text: 'no mention' });
    expect((await bot.api.get(`/messages/${answer.body.id}`)).status).toBe(200);
    expect((await bot.api.get(`/messages?roomId=${answer.body.roomId}`)).body.items).toHaveLength(2);
    expect((await stranger.api.get(`/rooms/${hello.body.roomId}`)).body.ownerId).toBe(
      encodeWireId('ORGANIZATION', other),
    );
  });
});
