import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeRoom, countMessages, join, leave, roomOf, type TestRoom } from './test-support.ts';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let eve: TestPerson;
let bot: TestPerson;
let room: TestRoom;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  eve = await kit.addPerson({ name: 'Eve' });
  bot = await kit.addBot('Echo');
  room = await roomOf(kit, ada, ben, bot);
});
afterAll(() => kit.close());

const post = (body: unknown, by = ada) => by.api.post('/messages', body);

describe('posting words', () => {
  it('stores plain text, shows it again and emits its event without the text', async () => {
    const sent = await post({ roomId: room.id, text: 'Grüße, 世界 \u{1f600} "quoted" \\ and {braces}' });
    expect(sent.status).toBe(200);
    expect(sent.body).toEqual({
      id: expect.any(String),
      roomId: room.id,
      roomType: 'group',
      text: 'Grüße, 世界 \u{1f600} "quoted" \\ and {braces}',
      personId: ada.wireId,
      personEmail: ada.email,
      created: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
    });
    expect((await ben.api.get(`/messages/${sent.body.id}`)).body).toEqual(sent.body);
    const event = (await kit.events()).at(-1)!;
    expect(event).toMatchObject({ resource: 'messages', event: 'created', actor_id: ada.id });
    expect(event.data).toMatchObject({ roomId: room.uuid, roomType: 'group', personEmail: ada.email });
    expect(JSON.stringify(event.data)).not.toContain('quoted');
  });

  it('takes forms as it takes JSON, and a bare UUID as an id', async () => {
    const form = await post(
      new URLSearchParams({ roomId: room.id, text: 'by form', toPersonEmail: '', files: '' }),
    );
    expect(form.body).toMatchObject({ roomId: room.id, text: 'by form' });
    const parts = new FormData();
    parts.set('roomId', room.uuid);
    parts.set('markdown', '**by** parts');
    expect((await post(parts)).body).toMatchObject({
      roomId: room.id,
      text: 'by parts',
      html: '<p><strong>by</strong> parts</p>',
    });
  });

  it('takes no file for uploaded that a body only says to be', async () => {
    const upload = { key: 'somebody-elses', fileName: 'plan.pdf', mimeType: 'application/pdf', sizeBytes: 1 };
    const sent = await post({ roomId: room.id, text: 'words only', uploads: [upload] });
    expect([sent.status, sent.body.files]).toEqual([200, undefined]);
    expect((await post({ roomId: room.id, uploads: [upload] })).status).toBe(400);
  });

  it('renders markdown and lists whom it mentions in order', async () => {
    const markdown = `**Hi** <@personEmail:${bot.email.toUpperCase()}> and <@personId:${ben.wireId}|Benny> <@all>`;
    const { body } = await post({ roomId: room.id, markdown });
    expect(body.mentionedPeople).toEqual([bot.wireId, ben.wireId]);
    expect(body.mentionedGroups).toEqual(['all']);
    expect(body.markdown).toBe(markdown);
    expect(body.text).toContain(`Hi ${bot.displayName} and Benny`);
    expect(body.html).toContain(`data-object-id="${bot.wireId}"`);
    expect((await ada.api.get(`/messages/${body.id}`)).body).toEqual(body);
  });

  it('keeps an alternate text beside markdown', async () => {
    const { body } = await post({ roomId: room.id, markdown: '# Head', text: 'alternate' });
    expect([body.text, body.markdown]).toEqual(['alternate', '# Head']);
  });

  it('refuses a mention of who is not in the room', async () => {
    for (const who of [
      `personEmail:${eve.email}`,
      `personId:${eve.wireId}`,
      'personId:nonsense',
      'personEmail:no@no.test',
    ]) {
      const reply = await post({ roomId: room.id, markdown: `hey <@${who}>` });
      expect(reply.status).toBe(400);
      expect(reply.body.message).toContain('is not a member of the room');
    }
  });

  it('threads: a reply belongs to a message of the room that is no reply', async () => {
    const parent = (await post({ roomId: room.id, text: 'parent' })).body;
    const reply = await post({ roomId: room.id, text: 'reply', parentId: parent.id }, ben);
    expect(reply.body.parentId).toBe(parent.id);
    const elsewhere = await roomOf(kit, ada);
    const wrong = [
      await post({ roomId: room.id, text: 'x', parentId: reply.body.id }),
      await post({ roomId: elsewhere.id, text: 'x', parentId: parent.id }),
      await post({ roomId: room.id, text: 'x', parentId: '0197c0de-0000-7000-8000-000000000000' }),
    ];
    for (const { status, body } of wrong) {
      expect(status).toBe(400);
      expect(body.message).toMatch(/^parentId: /);
    }
  });
});

describe('what posting refuses', () => {
  it.each([
    [{}, 'Exactly one of the destination fields must not be empty (roomId, toPersonEmail, toPersonId)'],
    [
      { text: 'x' },
      'Exactly one of the destination fields must not be empty (roomId, toPersonEmail, toPersonId)',
    ],
    [{ roomId: 'ROOM' }, 'Both text and file cannot be empty.'],
    [{ roomId: 'ROOM', text: '', files: [], attachments: [] }, 'Both text and file cannot be empty.'],
    [{ roomId: 'ROOM', text: ' \n ', markdown: null }, 'Both text and file cannot be empty.'],
    [{ roomId: 'not-an-id', text: 'x' }, 'Expect base64 ID or UUID.'],
    [{ roomId: 'ROOM', text: 'x', parentId: '***' }, 'Expect base64 ID or UUID.'],
  ])('%j: %s', async (body, message) => {
    const text = JSON.stringify(body).replace('"ROOM"', `"${room.id}"`);
    const reply = await ada.api.request('POST', '/messages', text, { 'content-type': 'application/json' });
    expect([reply.status, reply.body.message]).toEqual([400, message]);
  });

  it('two destinations', async () => {
    const reply = await post({ roomId: room.id, toPersonEmail: ben.email, text: 'x' });
    expect([reply.status, reply.body.message]).toEqual([
      400,
      'Exactly one of the destination fields must not be empty (roomId, toPersonEmail, toPersonId)',
    ]);
  });

  it('wrong types, never with 500', async () => {
    for (const text of [5, {}, ['x'], true]) expect((await post({ roomId: room.id, text })).status).toBe(400);
    for (const files of [5, {}, [5]])
      expect((await post({ roomId: room.id, text: 'x', files })).status).toBe(400);
    expect((await post({ roomId: 5, text: 'x' })).status).toBe(400);
    expect((await post({ toPersonEmail: 'no address', text: 'x' })).status).toBe(400);
    expect(
      (await ada.api.request('POST', '/messages', '<x/>', { 'content-type': 'application/xml' })).status,
    ).toBe(415);
  });

  it.each(['text', 'markdown'])('%s over 7439 bytes of UTF-8, counted before mentions', async (field) => {
    const fits = `${'é'.repeat(3719)}x`;
    expect((await post({ roomId: room.id, [field]: fits })).status).toBe(200);
    const reply = await post({ roomId: room.id, [field]: `${fits}x` });
    expect([reply.status, reply.body.message]).toEqual([
      400,
      `${field} has 7440 bytes in UTF-8: shorten it to 7439 bytes at most.`,
    ]);
  });

  it('strangers and unknown rooms alike, with 404, and writes nothing', async () => {
    const before = await countMessages(kit);
    for (const reply of [
      await post({ roomId: room.id, text: 'x' }, eve),
      await post({ roomId: '0197c0de-0000-7000-8000-000000000000', text: 'x' }),
    ]) {
      expect([reply.status, reply.body.message]).toEqual([404, 'Could not find a room with provided ID.']);
    }
    expect(await countMessages(kit)).toBe(before);
  });

  it('people of another organisation that are not in the room, and tokens without the scope', async () => {
    const org = await kit.addOrg('Other');
    const stranger = await kit.addPerson({ org, name: 'Stranger' });
    expect((await post({ roomId: room.id, text: 'x' }, stranger)).status).toBe(404);
    const reader = await kit.mint(ada, ['spark:messages_read']);
    expect((await reader.post('/messages', { roomId: room.id, text: 'x' })).status).toBe(403);
    expect((await kit.anonymous.post('/messages', { roomId: room.id, text: 'x' })).status).toBe(401);
  });

  it('ordinary members of a room for announcements, everybody in an archived or read-only one', async () => {
    const lectern = await roomOf(kit, ada, ben);
    await join(kit, lectern, eve, true);
    await changeRoom(kit, lectern, 'is_locked = true, is_announcement_only = true');
    expect((await post({ roomId: lectern.id, text: 'x' }, ben)).status).toBe(403);
    expect((await post({ roomId: lectern.id, text: 'x' }, eve)).status).toBe(200);
    await changeRoom(kit, lectern, 'is_read_only = true');
    expect((await post({ roomId: lectern.id, text: 'x' }, eve)).status).toBe(403);
    await changeRoom(kit, lectern, 'is_read_only = false, archived_at = created');
    const archived = await post({ roomId: lectern.id, text: 'x' }, eve);
    expect([archived.status, archived.body.message]).toEqual([403, 'The room is archived.']);
  });

  it('who has left', async () => {
    const place = await roomOf(kit, ada, eve);
    expect((await post({ roomId: place.id, text: 'x' }, eve)).status).toBe(200);
    await leave(kit, place, eve);
    expect((await post({ roomId: place.id, text: 'x' }, eve)).status).toBe(404);
  });
});

describe('after a post', () => {
  it("the room's last activity is that of the message", async () => {
    const { body } = await post({ roomId: room.id, text: 'latest' });
    expect((await ada.api.get(`/rooms/${room.id}`)).body.lastActivity).toBe(body.created);
  });
});
