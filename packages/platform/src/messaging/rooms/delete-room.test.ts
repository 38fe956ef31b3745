import { encodeWireId } from '@moothall/core';
import { type AnyBody, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, findRoomFacts, roomFactsOf, storeRoom } from '../room-access/index.ts';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let officer: TestPerson;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
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

async function roomOfBoth(body: Record<string, unknown> = {}): Promise<AnyBody> {
  const { world } = kit;
  const room = (await ada.api.post('/rooms', { title: 'Talk', ...body })).body;
  const facts = await findRoomFacts(world, uuidOf(room.id));
  const options = { isModerator: false, cause: { actorId: ada.id } };
  await world.store.tx((tx) => addMember(world, tx, facts!, { ...ben, type: 'person' }, options));
  return room;
}

async function eventsOf(roomId: string) {
  const events = await kit.events();
  return events.filter((event) => (event.data.roomId ?? event.data.id) === uuidOf(roomId));
}

describe('rooms: delete', () => {
  it('the creator of an unlocked room deletes it for everybody', async () => {
    const room = await roomOfBoth();
    const reply = await ada.api.delete(`/rooms/${room.id}`);
    expect([reply.status, reply.text]).toEqual([204, '']);
    for (const person of [ada, ben]) {
      const gone = await person.api.get(`/rooms/${room.id}`);
      expect([gone.status, gone.body.message]).toEqual([404, 'Could not find a room with provided ID.']);
    }
    expect((await officer.api.get(`/rooms/${room.id}`)).status).toBe(404);
    expect((await ben.api.get('/rooms')).body.items.map((item: AnyBody) => item.id)).not.toContain(room.id);
    const events = (await eventsOf(room.id)).slice(-3);
    expect(events.map((event) => `${event.resource}:${event.event}`)).toEqual([
      'memberships:deleted',
      'memberships:deleted',
      'rooms:deleted',
    ]);
    expect(events[2]!.data.memberIds).toEqual([ada.id, ben.id]);
    expect((await ada.api.delete(`/rooms/${room.id}`)).status).toBe(404);
  });

  it('others leave an unlocked room by it', async () => {
    const room = await roomOfBoth();
    expect((await ben.api.delete(`/rooms/${room.id}`)).status).toBe(204);
    expect((await ben.api.get(`/rooms/${room.id}`)).status).toBe(404);
    expect((await ada.api.get(`/rooms/${room.id}`)).status).toBe(200);
    const last = (await eventsOf(room.id)).at(-1)!;
    expect([last.resource, last.event, last.data.personId]).toEqual(['memberships', 'deleted', ben.id]);
  });

  it('a locked room is its moderators to delete, whoever created it', async () => {
    const room = await roomOfBoth();
    await ben.api.put(`/rooms/${room.id}`, { isLocked: true });
    expect((await ada.api.delete(`/rooms/${room.id}`)).status).toBe(204);
    expect((await ada.api.get(`/rooms/${room.id}`)).status).toBe(404);
    expect((await ben.api.get(`/rooms/${room.id}`)).status).toBe(200);
    expect((await ben.api.delete(`/rooms/${room.id}`)).status).toBe(204);
    expect((await ben.api.get(`/rooms/${room.id}`)).status).toBe(404);
  });

  it('gives officers and strangers no way to', async () => {
    const room = await roomOfBoth();
    const stranger = await kit.addPerson();
    const foreigner = await kit.addPerson({ org: await kit.addOrg('Other') });
    const bot = await kit.addBot();
    for (const person of [officer, stranger, foreigner, bot])
      expect((await person.api.delete(`/rooms/${room.id}`)).status).toBe(404);
    expect((await ada.api.get(`/rooms/${room.id}`)).status).toBe(200);
  });

  it('refuses to delete a direct room', async () => {
    const { world } = kit;
    const cause = { actorId: ada.id };
    const row = await world.store.tx(async (tx) => {
      const creator = { personId: ada.id, orgId: ada.orgId, type: 'person' as const };
      const stored = await storeRoom(world, tx, { type: 'direct', title: '' }, creator, cause);
      const options = { isModerator: false, cause };
      for (const person of [ada, ben])
        await addMember(world, tx, roomFactsOf(stored), { ...person, type: 'person' }, options);
      return stored;
    });
    const refused = await ada.api.delete(`/rooms/${encodeWireId('ROOM', row.id)}`);
    expect([refused.status, refused.body.message]).toEqual([400, 'Failed to delete room.']);
  });

  it("archives a team's room, which stays readable, and keeps the general room", async () => {
    const team = (await ada.api.post('/teams', { name: 'Crew' })).body;
    const room = await roomOfBoth({ teamId: team.id });
    expect((await ada.api.delete(`/rooms/${room.id}`)).status).toBe(204);
    expect((await ada.api.get(`/rooms/${room.id}`)).body).toEqual(room);
    expect((await ben.api.get(`/rooms/${room.id}`)).status).toBe(200);
    expect((await findRoomFacts(kit.world, uuidOf(room.id)))?.archived).toBe(true);
    expect((await eventsOf(room.id)).at(-1)).toMatchObject({ resource: 'rooms', event: 'updated' });
    expect((await ada.api.delete(`/rooms/${room.id}`)).status).toBe(204);
    expect((await eventsOf(room.id)).filter((event) => event.event === 'updated')).toHaveLength(1);
    const general = await ada.api.delete(`/rooms/${encodeWireId('ROOM', uuidOf(team.id))}`);
    expect([general.status, general.body.message]).toEqual([400, 'Failed to delete room.']);
    expect(general.body.errors[0].description).toContain('general room');
  });

  it('two deletions at once end as one', async () => {
    const room = await roomOfBoth();
    const replies = await Promise.all([ada, ada, ada].map(({ api }) => api.delete(`/rooms/${room.id}`)));
    expect(replies.map((reply) => reply.status).sort()).toEqual([204, 404, 404]);
    expect(
      (await eventsOf(room.id)).filter((event) => event.event === 'deleted' && event.resource === 'rooms'),
    ).toHaveLength(1);
  });
});
