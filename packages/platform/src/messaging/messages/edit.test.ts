import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeRoom, join, leave, roomOf, type TestRoom } from './test-support.ts';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let bot: TestPerson;
let room: TestRoom;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  bot = await kit.addBot('Echo');
  room = await roomOf(kit, ada, ben, bot);
});
afterAll(() => kit.close());

const post = async (body: object = {}, by = ada) =>
  (await by.api.post('/messages', { roomId: room.id, text: 'first', ...body })).body;
const edit = (id: string, body: object, by = ada) =>
  by.api.put(`/messages/${id}`, { roomId: room.id, ...body });

describe('editing', () => {
  it('gives the message other words, with who is mentioned, and emits messages:updated', async () => {
    const message = await post();
    const reply = await edit(message.id, { markdown: `*new* <@personId:${bot.wireId}>` });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      id: message.id,
      created: message.created,
      text: `new ${bot.displayName}`,
      mentionedPeople: [bot.wireId],
    });
    expect(reply.body.updated >= message.created).toBe(true);
    expect((await bot.api.get(`/messages/${message.id}`)).body).toEqual(reply.body);
    const event = (await kit.events()).at(-1)!;
    expect([event.resource, event.event]).toEqual(['messages', 'updated']);
    expect(event.data).toMatchObject({ mentionedPeople: [bot.id], updated: reply.body.updated });
    const plain = await edit(message.id, { text: 'plain again' });
    expect(plain.body).not.toHaveProperty('markdown');
    expect(plain.body).not.toHaveProperty('mentionedPeople');
  });

  it('is possible ten times', async () => {
    const { id } = await post();
    for (let count = 1; count <= 10; count++)
      expect((await edit(id, { text: `v${count}` })).status).toBe(200);
    const refused = await edit(id, { text: 'v11' });
    expect([refused.status, refused.body.message]).toEqual([
      400,
      'The message has been edited 10 times, which is the most.',
    ]);
    expect((await ada.api.get(`/messages/${id}`)).body.text).toBe('v10');
  });

  it('counts edits at once one by one', async () => {
    const { id } = await post();
    const replies = await Promise.all(
      Array.from({ length: 14 }, (_, index) => edit(id, { text: `p${index}` })),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(replies.filter(({ status }) => status === 400)).toHaveLength(4);
  });

  it('refuses files, cards, other rooms, no words and words that are too long', async () => {
    const file = new FormData();
    file.set('roomId', room.id);
    file.set('files', new Blob(['x']), 'x.txt');
    const withFile = (await ada.api.post('/messages', file)).body;
    expect((await edit(withFile.id, { text: 'x' })).body.message).toContain('cannot be edited');
    const { id } = await post();
    const elsewhere = await roomOf(kit, ada);
    const refusals = [
      [await edit(id, { roomId: elsewhere.id, text: 'x' }), 'roomId: the message is not in this room.'],
      [await edit(id, { roomId: undefined, text: 'x' }), 'roomId cannot be null'],
      [await edit(id, { text: '' }), 'Both text and file cannot be empty.'],
      [
        await edit(id, { text: 'x'.repeat(7440) }),
        'text has 7440 bytes in UTF-8: shorten it to 7439 bytes at most.',
      ],
    ] as const;
    for (const [reply, message] of refusals)
      expect([reply.status, reply.body.message]).toEqual([400, message]);
  });

  it("is for one's own messages, while one is in the room", async () => {
    const message = await post();
    expect((await edit(message.id, { text: 'x' }, ben)).status).toBe(404);
    const place = await roomOf(kit, ada, ben);
    const own = (await ben.api.post('/messages', { roomId: place.id, text: 'x' })).body;
    await leave(kit, place, ben);
    expect((await ben.api.put(`/messages/${own.id}`, { roomId: place.id, text: 'y' })).status).toBe(404);
  });
});

describe('deleting', () => {
  it('hides the message, keeps its replies and emits what the deletion may tell', async () => {
    const message = await post();
    const reply = await post({ text: 'reply', parentId: message.id }, ben);
    const gone = await ada.api.delete(`/messages/${message.id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    const event = (await kit.events()).at(-1)!;
    expect([event.resource, event.event]).toEqual(['messages', 'deleted']);
    expect(Object.keys(event.data).sort()).toEqual(['id', 'personEmail', 'personId', 'roomId', 'roomType']);
    expect((await ada.api.get(`/messages/${message.id}`)).status).toBe(404);
    expect((await ada.api.delete(`/messages/${message.id}`)).status).toBe(404);
    expect((await edit(message.id, { text: 'x' })).status).toBe(404);
    expect((await ben.api.get(`/messages/${reply.id}`)).body.parentId).toBe(message.id);
    const { items } = (await ada.api.get(`/messages?roomId=${room.id}&max=1000`)).body;
    expect(items.map((item: { id: string }) => item.id)).not.toContain(message.id);
  });

  it("is for one's own; for others' in a locked room by its moderators", async () => {
    const place = await roomOf(kit, ada, ben);
    const eve = await kit.addPerson({ name: 'Eve' });
    await join(kit, place, eve, true);
    const message = (await ada.api.post('/messages', { roomId: place.id, text: 'x' })).body;
    expect((await ben.api.delete(`/messages/${message.id}`)).status).toBe(404);
    expect((await eve.api.delete(`/messages/${message.id}`)).status).toBe(404);
    await changeRoom(kit, place, 'is_locked = true');
    expect((await ben.api.delete(`/messages/${message.id}`)).status).toBe(404);
    expect((await eve.api.delete(`/messages/${message.id}`)).status).toBe(204);
  });

  it('at once by two is done once', async () => {
    const { id } = await post();
    const replies = await Promise.all([1, 2, 3].map(() => ada.api.delete(`/messages/${id}`)));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 404, 404]);
  });
});
