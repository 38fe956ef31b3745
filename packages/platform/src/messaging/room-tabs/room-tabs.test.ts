import { encodeWireId } from '@moothall/core';
import {
  type AnyBody,
  type ApiClient,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMember, findRoomFacts, roomFactsOf, storeRoom } from '../room-access/index.ts';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let stranger: TestPerson;
let officer: TestPerson;
let bot: TestPerson;
let room: AnyBody;

beforeAll(async () => {
  kit = await startTestPlatform({ limits: { 'room.tabs': 3 } });
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  stranger = await kit.addPerson({ name: 'Cy' });
  bot = await kit.addBot();
  officer = await kit.addPerson({
    name: 'Olga',
    roles: ['compliance_officer'],
    scopes: ['spark:all', 'spark-compliance:rooms_read', 'spark-compliance:rooms_write'],
  });
});
afterAll(() => kit.close());

function uuidOf(wireId: string): TestPerson['id'] {
  return Buffer.from(wireId, 'base64url').toString().split('/').at(-1) as TestPerson['id'];
}

async function join(person: TestPerson, type: 'person' | 'bot' = 'person'): Promise<void> {
  const { world } = kit;
  const facts = await findRoomFacts(world, uuidOf(room.id));
  const options = { isModerator: false, cause: { actorId: ada.id } };
  await world.store.tx((tx) => addMember(world, tx, facts!, { ...person, type }, options));
}

beforeEach(async () => {
  room = (await ada.api.post('/rooms', { title: 'Talk' })).body;
  await join(ben);
});

const add = (api: ApiClient, more: Record<string, unknown> = {}) =>
  api.post('/room/tabs', {
    roomId: room.id,
    contentUrl: 'https://board.test/x?y=1#z',
    displayName: 'Board',
    ...more,
  });

describe('room tabs', () => {
  it('creates, shows, lists, changes and deletes a tab, each with its event', async () => {
    const before = (await kit.events()).length;
    const created = await add(ben.api);
    expect([created.status, created.body]).toEqual([
      200,
      {
        id: expect.any(String),
        roomId: room.id,
        roomType: 'group',
        displayName: 'Board',
        contentUrl: 'https://board.test/x?y=1#z',
        creatorId: ben.wireId,
        created: expect.stringMatching(/Z$/),
      },
    ]);
    const tab = created.body;
    expect(Buffer.from(tab.id, 'base64url').toString()).toMatch(/^ciscospark:\/\/us\/TABS\//);
    expect((await ada.api.get(`/room/tabs/${tab.id}`)).body).toEqual(tab);
    expect((await ada.api.get(`/room/tabs?roomId=${room.id}`)).body).toEqual({ items: [tab] });
    const changed = await ada.api.put(`/room/tabs/${tab.id}`, { ...tab, displayName: 'Plan' });
    expect(changed.body).toEqual({ ...tab, displayName: 'Plan' });
    await ada.api.put(`/room/tabs/${tab.id}`, { contentUrl: tab.contentUrl });
    const gone = await ada.api.delete(`/room/tabs/${tab.id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    const events = (await kit.events()).slice(before);
    expect(events.map((event) => `${event.resource}:${event.event}`)).toEqual([
      'tabs:created',
      'tabs:updated',
      'tabs:deleted',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/board\.test|Plan/);
    for (const reply of [
      await ada.api.get(`/room/tabs/${tab.id}`),
      await ada.api.delete(`/room/tabs/${tab.id}`),
    ])
      expect([reply.status, reply.body.message]).toEqual([
        404,
        'Could not find a room tab with provided ID.',
      ]);
    expect((await ada.api.get(`/room/tabs?roomId=${room.id}`)).body).toEqual({ items: [] });
  });

  it.each([
    [{ roomId: undefined }, /^roomId cannot be null$/],
    [{ roomId: 'x' }, /^Expect base64 ID or UUID\.$/],
    [{ contentUrl: undefined }, /^contentUrl:/],
    [{ contentUrl: 'board.test' }, /^contentUrl:/],
    [{ contentUrl: 'javascript:alert(1)' }, /^contentUrl:/],
    [{ contentUrl: 'file:///etc/passwd' }, /^contentUrl:/],
    [{ contentUrl: 'https://user:secret@board.test' }, /^contentUrl:/],
    [{ contentUrl: `https://board.test/${'x'.repeat(2048)}` }, /^contentUrl:/],
    [{ displayName: ' ' }, /^displayName:/],
    [{ displayName: undefined }, /^displayName:/],
    [{ displayName: 'x'.repeat(257) }, /^displayName:/],
  ])('F27: refuses %j', async (more, message) => {
    const reply = await add(ada.api, more);
    expect([reply.status, reply.body.message]).toEqual([400, expect.stringMatching(message)]);
  });

  it('refuses changes that name nothing, or another room', async () => {
    const tab = (await add(ada.api)).body;
    const put = (body: unknown) => ada.api.put(`/room/tabs/${tab.id}`, body);
    for (const body of [{}, { roomId: room.id }, { displayName: '' }, { contentUrl: 'ftp://x.test' }])
      expect((await put(body)).status).toBe(400);
    const moved = await put({ roomId: kit.world.ids.uuid(), displayName: 'x' });
    expect([moved.status, moved.body.message]).toEqual([400, expect.stringMatching(/^roomId:/)]);
  });

  it('asks for the room of a list', async () => {
    const reply = await ada.api.get('/room/tabs');
    expect([reply.status, reply.body.message]).toEqual([
      400,
      "Required String parameter 'roomId' is not present",
    ]);
  });

  it('is for members, bots among them: others find neither room nor tab', async () => {
    const tab = (await add(ada.api)).body;
    const foreigner = await kit.addPerson({ org: await kit.addOrg('Other') });
    for (const { api } of [stranger, foreigner, officer, bot]) {
      const replies = [
        await api.get(`/room/tabs?roomId=${room.id}`),
        await api.get(`/room/tabs/${tab.id}`),
        await add(api),
        await api.put(`/room/tabs/${tab.id}`, { displayName: 'x' }),
        await api.delete(`/room/tabs/${tab.id}`),
      ];
      expect(replies.map((reply) => reply.status)).toEqual([404, 404, 404, 404, 404]);
    }
    await join(bot, 'bot');
    expect((await add(bot.api)).status).toBe(200);
  });

  it('in a locked room moderators write, all read', async () => {
    const tab = (await add(ben.api)).body;
    await ada.api.put(`/rooms/${room.id}`, { isLocked: true });
    for (const reply of [await add(ben.api), await ben.api.delete(`/room/tabs/${tab.id}`)])
      expect([reply.status, reply.body.message]).toEqual([403, expect.stringContaining('moderator')]);
    expect((await ben.api.get(`/room/tabs/${tab.id}`)).status).toBe(200);
    expect((await ada.api.put(`/room/tabs/${tab.id}`, { displayName: 'x' })).status).toBe(200);
  });

  it('takes nothing new in an archived or a read-only room', async () => {
    const { world } = kit;
    const team = (await ada.api.post('/teams', { name: 'Crew' })).body;
    const old = (await ada.api.post('/rooms', { title: 'Old', teamId: team.id })).body;
    await ada.api.delete(`/rooms/${old.id}`);
    const archived = await add(ada.api, { roomId: old.id });
    expect([archived.status, archived.body.message]).toEqual([403, 'The room is archived.']);
    expect((await ada.api.get(`/room/tabs?roomId=${old.id}`)).status).toBe(200);

    const cause = { actorId: ada.id };
    const direct = await world.store.tx(async (tx) => {
      const creator = { personId: ada.id, orgId: ada.orgId, type: 'person' as const };
      const stored = await storeRoom(world, tx, { type: 'direct', title: '' }, creator, cause);
      for (const person of [ada, ben]) {
        const member = { ...person, type: 'person' as const };
        await addMember(world, tx, roomFactsOf(stored), member, { isModerator: false, cause });
      }
      return encodeWireId('ROOM', stored.id);
    });
    expect((await add(ada.api, { roomId: direct })).body.roomType).toBe('direct');
    await officer.api.put(`/rooms/${direct}`, { isReadOnly: true });
    const closed = await add(ada.api, { roomId: direct });
    expect([closed.status, closed.body.message]).toEqual([403, expect.stringContaining('read-only')]);
  });

  it('has so many tabs in a room and no more, however many come at once', async () => {
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => add(ada.api)));
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 200, 200, 400, 400]);
    const { body } = await ada.api.get(`/room/tabs?roomId=${room.id}`);
    expect(body.items).toHaveLength(3);
    await ada.api.delete(`/room/tabs/${body.items[0].id}`);
    expect((await add(ada.api)).status).toBe(200);
  });

  it('F24: asks for the scope', async () => {
    const reader = await kit.mint(ada, ['spark:rooms_read']);
    expect((await add(reader)).status).toBe(403);
    expect((await reader.get(`/room/tabs?roomId=${room.id}`)).status).toBe(200);
  });
});
