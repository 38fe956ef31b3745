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
let foreignOfficer: TestPerson;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  stranger = await kit.addPerson({ name: 'Cy' });
  const scopes = ['spark-compliance:rooms_read', 'spark-compliance:rooms_write'];
  const roles = ['compliance_officer' as const];
  officer = await kit.addPerson({ name: 'Olga', roles, scopes });
  foreignOfficer = await kit.addPerson({ name: 'Oleg', org: await kit.addOrg('Other'), roles, scopes });
});
afterAll(() => kit.close());

async function join(roomId: string, person: TestPerson, isModerator = false): Promise<void> {
  const { world } = kit;
  const id = Buffer.from(roomId, 'base64url').toString().split('/').at(-1) as TestPerson['id'];
  const room = await findRoomFacts(world, id);
  const cause = { actorId: person.id };
  const member = { ...person, type: 'person' as const };
  await world.store.tx((tx) => addMember(world, tx, room!, member, { isModerator, cause }));
}

async function makeRoom(body: Record<string, unknown> = {}): Promise<AnyBody> {
  const room = (await ada.api.post('/rooms', { title: 'Talk', ...body })).body;
  await join(room.id, ben);
  return room;
}

async function eventsSince(count: number): Promise<string[]> {
  return (await kit.events()).slice(count).map((event) => `${event.resource}:${event.event}`);
}

describe('rooms: update', () => {
  let room: AnyBody;
  let before: number;
  const put = (api: ApiClient, body: unknown) => api.put(`/rooms/${room.id}`, body);

  beforeEach(async () => {
    room = await makeRoom();
    before = (await kit.events()).length;
  });

  it('changes the title, by any member of an unlocked room, and emits rooms:updated', async () => {
    const reply = await put(ben.api, { title: ' New title ' });
    expect([reply.status, reply.body]).toEqual([200, { ...room, title: 'New title' }]);
    expect((await ada.api.get(`/rooms/${room.id}`)).body.title).toBe('New title');
    expect(await eventsSince(before)).toEqual(['rooms:updated']);
    const last = (await kit.events()).at(-1)!;
    expect(last.actor_id).toBe(ben.id);
    expect(JSON.stringify(last.data)).not.toContain('New title');
  });

  it('takes back the whole room that it gave, and says nothing of it', async () => {
    const reply = await put(ben.api, room);
    expect([reply.status, reply.body]).toEqual([200, room]);
    expect(await eventsSince(before)).toEqual([]);
  });

  it.each([
    [{}, /names nothing to change/],
    [{ unknown: 1 }, /names nothing to change/],
    [{ title: ' ' }, /^Title cannot be empty\.$/],
    [{ isAnnouncementOnly: true }, /^isAnnouncementOnly:/],
    [{ isLocked: 5 }, /true or false|isLocked/],
    [{ teamId: 'x' }, /^Expect base64 ID or UUID\.$/],
    [{ description: 'x'.repeat(2049) }, /^description:/],
  ])('refuses %j with 400', async (body, message) => {
    const reply = await put(ada.api, body);
    expect([reply.status, reply.body.message]).toEqual([400, expect.stringMatching(message)]);
    expect(await eventsSince(before)).toEqual([]);
  });

  it('removes the description by a single space', async () => {
    expect((await put(ada.api, { description: 'words' })).body.description).toBe('words');
    expect((await put(ada.api, { description: ' ' })).body).not.toHaveProperty('description');
  });

  it('locking makes the caller the moderator; unlocking ends moderation and announcement mode', async () => {
    expect((await put(ada.api, { isLocked: true, isAnnouncementOnly: true })).body).toMatchObject({
      isLocked: true,
      isAnnouncementOnly: true,
    });
    expect(await eventsSince(before)).toEqual(['rooms:updated', 'memberships:updated']);
    for (const body of [
      { title: 'x' },
      { isLocked: false },
      { description: 'x' },
      { isAnnouncementOnly: false },
    ]) {
      const refused = await put(ben.api, body);
      expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('moderator')]);
    }
    expect((await put(ada.api, { title: 'Mine' })).status).toBe(200);
    const unlocked = await put(ada.api, { isLocked: false });
    expect(unlocked.body).toMatchObject({ isLocked: false, isAnnouncementOnly: false });
    const last = (await kit.events()).at(-1)!;
    expect([last.resource, last.event, last.data.isModerator]).toEqual(['memberships', 'updated', false]);
    expect((await put(ben.api, { title: 'Ours' })).status).toBe(200);
  });

  it('hides the room from who is not in it, whatever they ask', async () => {
    const botReply = await put((await kit.addBot()).api, { title: 'x' });
    for (const reply of [
      await put(stranger.api, { title: 'x' }),
      await put(foreignOfficer.api, { title: 'x' }),
      botReply,
    ])
      expect([reply.status, reply.body.message]).toEqual([404, 'Could not find a room with provided ID.']);
    const gone = await ada.api.put(`/rooms/${kit.world.ids.uuid()}`, { title: 'x' });
    expect(gone.status).toBe(404);
  });

  it('lets an officer who is not in it change four fields only', async () => {
    const classificationId = encodeWireId('CLASSIFICATION', kit.world.ids.uuid());
    await put(ada.api, { isLocked: true });
    for (const body of [{ title: 'x' }, { isLocked: false }]) {
      const refused = await put(officer.api, body);
      expect([refused.status, refused.body.message]).toEqual([
        403,
        expect.stringContaining('not in the room'),
      ]);
    }
    const made = await put(officer.api, { description: 'd', isPublic: true, isAnnouncementOnly: true });
    expect([made.status, made.body]).toEqual([
      200,
      expect.objectContaining({ isPublic: true, description: 'd', isAnnouncementOnly: true }),
    ]);
    expect((await put(officer.api, { classificationId, isPublic: false })).body.classificationId).toBe(
      classificationId,
    );
    const classified = await put(officer.api, { isPublic: true });
    expect([classified.status, classified.body.message]).toEqual([400, expect.stringMatching(/^isPublic:/)]);
  });

  it('is made public by officers only and with a description, private by any member', async () => {
    const refused = await put(ada.api, { isPublic: true, description: 'd' });
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('compliance officer'),
    ]);
    expect((await put(officer.api, { isPublic: true })).body.message).toMatch(/^description:/);
    const made = await put(officer.api, { isPublic: true, description: 'd' });
    expect(made.body.madePublic).toMatch(/Z$/);
    expect((await put(ada.api, { description: ' ' })).status).toBe(400);
    await put(ada.api, { isLocked: true });
    const closed = await put(ben.api, { isPublic: false });
    expect(closed.body).toMatchObject({ isPublic: false });
    expect(closed.body).not.toHaveProperty('madePublic');
  });

  it('keeps the rights of an officer who is in the room', async () => {
    await join(room.id, officer);
    const both = await kit.mint(officer, ['spark:all', 'spark-compliance:rooms_write']);
    await put(ada.api, { isLocked: true });
    expect((await put(both, { description: 'seen' })).status).toBe(200);
    expect((await put(both, { isPublic: true })).status).toBe(200);
    expect((await put(both, { title: 'Not by rank' })).status).toBe(403);
  });

  it('two changes at once both count', async () => {
    const replies = await Promise.all([
      put(ada.api, { title: 'Left' }),
      put(ben.api, { description: 'right' }),
      put(ada.api, { isLocked: true }),
    ]);
    // Whoever locks a room moderates it, also for what they asked for at the same time.
    expect([replies[0].status, replies[2].status]).toEqual([200, 200]);
    expect(replies[1].status).toBeLessThan(500);
    expect((await ada.api.get(`/rooms/${room.id}`)).body).toMatchObject({ title: 'Left', isLocked: true });
  });
});

describe('direct rooms: update', () => {
  let id: string;
  beforeAll(async () => {
    const { world } = kit;
    const cause = { actorId: ada.id };
    const row = await world.store.tx(async (tx) => {
      const creator = { personId: ada.id, orgId: ada.orgId, type: 'person' as const };
      const stored = await storeRoom(world, tx, { type: 'direct', title: '' }, creator, cause);
      for (const person of [ada, ben]) {
        const member = { ...person, type: 'person' as const };
        await addMember(world, tx, roomFactsOf(stored), member, { isModerator: false, cause });
      }
      return stored;
    });
    id = encodeWireId('ROOM', row.id);
  });

  it('are made read-only by an officer, and nothing else of them changes', async () => {
    const mine = (await ada.api.get(`/rooms/${id}`)).body;
    expect((await ada.api.put(`/rooms/${id}`, mine)).body).toEqual(mine);
    for (const body of [{ title: 'x' }, { isLocked: true }]) {
      const refused = await ada.api.put(`/rooms/${id}`, body);
      expect([refused.status, refused.body.message]).toEqual([
        400,
        expect.stringContaining('a direct room has none'),
      ]);
    }
    expect((await ada.api.put(`/rooms/${id}`, { isReadOnly: true })).status).toBe(403);
    expect((await foreignOfficer.api.put(`/rooms/${id}`, { isReadOnly: true })).status).toBe(404);
    expect((await officer.api.put(`/rooms/${id}`, { isReadOnly: true })).body.isReadOnly).toBe(true);
    const group = await makeRoom();
    const refused = await officer.api.put(`/rooms/${group.id}`, { isReadOnly: true });
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringMatching(/^isReadOnly:/)]);
  });
});

describe('team rooms: update', () => {
  it('moves an unowned room under a team whose members all moderators are', async () => {
    const team = (await ada.api.post('/teams', { name: 'Crew' })).body;
    const other = (await ada.api.post('/teams', { name: 'Others' })).body;
    const room = await makeRoom({ isLocked: true });
    await join(room.id, stranger, true);
    const put = (person: TestPerson, teamId: string) => person.api.put(`/rooms/${room.id}`, { teamId });
    expect((await put(ben, team.id)).status).toBe(403);
    expect((await put(stranger, team.id)).status).toBe(404);
    const outside = await put(ada, team.id);
    expect([outside.status, outside.body.message]).toEqual([400, expect.stringContaining('every moderator')]);
    await ada.api.post('/team/memberships', { teamId: team.id, personId: stranger.wireId });
    expect((await put(ada, team.id)).body.teamId).toBe(team.id);
    const again = await put(ada, other.id);
    expect([again.status, again.body.message]).toEqual([400, expect.stringMatching(/^teamId:/)]);
    expect((await put(ada, team.id)).status).toBe(200);
  });

  it('leaves title and lock of a general room to the moderators of the team', async () => {
    const team = (await ada.api.post('/teams', { name: 'General' })).body;
    await ada.api.post('/team/memberships', { teamId: team.id, personEmail: ben.email });
    const id =
      team.id && encodeWireId('ROOM', Buffer.from(team.id, 'base64url').toString().split('/').at(-1)!);
    expect((await ben.api.put(`/rooms/${id}`, { title: 'x' })).status).toBe(403);
    expect((await ben.api.put(`/rooms/${id}`, { isLocked: true })).status).toBe(403);
    expect((await ada.api.put(`/rooms/${id}`, { isLocked: true })).body.isLocked).toBe(true);
    expect((await ada.api.put(`/rooms/${id}`, { isLocked: false })).body.isLocked).toBe(false);
    expect((await ada.api.put(`/rooms/${id}`, { title: 'Still moderator' })).status).toBe(200);
  });

  it('does not change an archived room', async () => {
    const team = (await ada.api.post('/teams', { name: 'Gone' })).body;
    const room = (await ada.api.post('/rooms', { title: 'Old', teamId: team.id })).body;
    await ada.api.delete(`/rooms/${room.id}`);
    const refused = await ada.api.put(`/rooms/${room.id}`, { title: 'x' });
    expect([refused.status, refused.body.message]).toEqual([403, 'The room is archived.']);
  });
});
