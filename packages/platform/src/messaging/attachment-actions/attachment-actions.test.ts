import { decodeWireUuid } from '@moothall/core';
import { attachmentActions, forgetRoom } from '@moothall/platform';
import type { StoredEvent } from '@moothall/store';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type TestRoom = { id: string };

async function roomOf(creator: TestPerson, ...others: TestPerson[]): Promise<TestRoom> {
  const { id } = (await creator.api.post('/rooms', { title: 'Test room' })).body;
  for (const person of others)
    await creator.api.post('/memberships', { roomId: id, personId: person.wireId });
  return { id };
}

let kit: TestPlatform;
let ada: TestPerson;
let bot: TestPerson;
let room: TestRoom;
let card: { id: string };

const postCard = async (by: TestPerson, where = room) => {
  const attachments = [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.2' },
    },
  ];
  return (
    await by.api.post('/messages', { roomId: where.id, markdown: `card <@personId:${bot.id}>`, attachments })
  ).body;
};
const submit = (by: TestPerson, body: object = {}) =>
  by.api.post('/attachment/actions', { type: 'submit', messageId: card.id, inputs: {}, ...body });

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  bot = await kit.addBot('Echo');
  room = await roomOf(ada, bot);
  card = await postCard(bot);
});
afterAll(() => kit.close());

describe('submitting a card', () => {
  it('answers 200 with the action, which its submitter and the author of the card can get', async () => {
    const inputs = { name: 'Ada "A" Å', nested: [1, { x: null }], 'odd key': '' };
    const sent = await submit(ada, { inputs });
    expect(sent.status).toBe(200);
    expect(sent.body).toEqual({
      id: expect.any(String),
      type: 'submit',
      messageId: card.id,
      inputs,
      personId: ada.wireId,
      roomId: room.id,
      created: expect.any(String),
    });
    for (const person of [ada, bot])
      expect((await person.api.get(`/attachment/actions/${sent.body.id}`)).body).toEqual(sent.body);
  });

  it('emits its event without the inputs, which people of the room and the author of the card hear', async () => {
    await submit(ada, { inputs: { secret: 'word' } });
    const event = (await kit.events()).at(-1)! as unknown as StoredEvent;
    expect([event.resource, event.event]).toEqual(['attachmentActions', 'created']);
    expect(JSON.stringify(event.data)).not.toContain('word');
    const { mayHear, present } = attachmentActions.webhook!;
    expect(Object.keys(present(event, kit.baseUrl))).toEqual([
      'id',
      'type',
      'messageId',
      'personId',
      'roomId',
      'created',
    ]);
    expect(mayHear!(event, { personId: bot.id, type: 'bot' })).toBe(true);
    expect(mayHear!(event, { personId: 'another', type: 'bot' })).toBe(false);
    expect(mayHear!(event, { personId: 'another', type: 'person' })).toBe(true);
  });

  it('takes inputs as JSON text in a form, and none at all', async () => {
    const form = new URLSearchParams({ type: 'submit', messageId: card.id, inputs: '{"a":"b"}' });
    expect((await ada.api.post('/attachment/actions', form)).body.inputs).toEqual({ a: 'b' });
    expect((await submit(ada, { inputs: undefined })).body.inputs).toEqual({});
  });

  it('is not for the author of the card, nor for messages without one', async () => {
    const own = await submit(bot);
    expect([own.status, own.body.message]).toEqual([
      400,
      'Unable to post attachment action: "Author of a card cannot submit a cardAction on that card"',
    ]);
    const plain = (await ada.api.post('/messages', { roomId: room.id, text: 'x' })).body;
    const none = await submit(ada, { messageId: plain.id });
    expect([none.status, none.body.message]).toEqual([
      400,
      'Unable to post attachment action: "MessageId should point to an activity with cards"',
    ]);
  });

  it.each([
    [{ type: 'other' }, "type: it must be 'submit'."],
    [{ type: undefined }, "type: it must be 'submit'."],
    [{ messageId: null }, 'messageId cannot be null: give the id of the message with the card.'],
    [{ messageId: 'x' }, 'Expect base64 ID or UUID.'],
    [{ inputs: [] }, 'inputs: give a JSON object.'],
    [{ inputs: 5 }, 'inputs: give a JSON object.'],
    [{ inputs: { big: 'x'.repeat(22_528) } }, 'inputs: they have 22538 bytes of JSON: 22528 is the most.'],
  ])('refuses %j', async (body, message) => {
    const reply = await submit(ada, body);
    expect([reply.status, reply.body.message]).toEqual([400, message]);
  });

  it('is closed to who may not see the message, and in archived rooms', async () => {
    const stranger = await kit.addPerson({ org: await kit.addOrg('Other') });
    expect((await submit(stranger)).status).toBe(404);
    expect((await submit(ada, { messageId: '0197c0de-0000-7000-8000-000000000000' })).status).toBe(404);
    const place = await roomOf(ada, bot);
    const archived = await postCard(bot, place);
    const roomId = decodeWireUuid(['ROOM'], place.id)!;
    await kit.world.store.pool.query('update room set archived_at = created where id = $1', [roomId]);
    forgetRoom(kit.world, roomId);
    expect((await submit(ada, { messageId: archived.id })).status).toBe(403);
    const deleted = await postCard(bot);
    await bot.api.delete(`/messages/${deleted.id}`);
    expect((await submit(ada, { messageId: deleted.id })).status).toBe(404);
  });
});

describe('getting an action', () => {
  it('is for its submitter and the author of the card', async () => {
    const ben = await kit.addPerson({ name: 'Ben' });
    const place = await roomOf(ada, bot, ben);
    const shown = await postCard(bot, place);
    const { body } = await submit(ada, { messageId: shown.id });
    for (const id of [body.id, '0197c0de-0000-7000-8000-000000000000']) {
      const reply = await ben.api.get(`/attachment/actions/${id}`);
      expect([reply.status, reply.body.message]).toEqual([404, 'Unable to get attachment action.']);
    }
  });
});
