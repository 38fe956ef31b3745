import { encodePairId, encodeWireId, type Uuid } from '@moothall/core';
import {
  addMember,
  findRoomFacts,
  forgetMembership,
  forgetRoom,
  memberships,
  readPersonFacts,
} from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const OFFICER = ['spark:all', 'spark-compliance:memberships_read', 'spark-compliance:memberships_write'];

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let carl: TestPerson;
let officer: TestPerson;
let foreignOfficer: TestPerson;
/** A group room of Ada, Ben and Carl, unlocked. */
let roomId: string;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  carl = await kit.addPerson({ name: 'Carl' });
  officer = await kit.addPerson({ roles: ['compliance_officer'], scopes: OFFICER });
  const org = await kit.addOrg('Globex');
  foreignOfficer = await kit.addPerson({ org, roles: ['compliance_officer'], scopes: OFFICER });
});
beforeEach(async () => {
  roomId = await newRoom();
});
afterAll(() => kit.close());

async function newRoom(body: object = {}): Promise<string> {
  const room = (await ada.api.post('/rooms', { title: 'Talk', ...body })).body.id;
  for (const { wireId } of [ben, carl])
    await ada.api.post('/memberships', { roomId: room, personId: wireId });
  return room;
}

const uuidOf = (wireId: string) => Buffer.from(wireId, 'base64url').toString().split('/').at(-1) as Uuid;
const pathOf = (person: TestPerson, room = roomId) =>
  `/memberships/${encodePairId('MEMBERSHIP', { first: person.id, second: uuidOf(room) })}`;
const isModerator = async (person: TestPerson) => (await ada.api.get(pathOf(person))).body.isModerator;
const isLocked = async () => (await ada.api.get(`/rooms/${roomId}`)).body.isLocked;
const lastEvents = async (count: number) =>
  (await kit.events())
    .slice(-count)
    .map(({ resource, event, data }) => `${resource}:${event} ${data.personId ?? ''}`.trim());

async function directRoom(): Promise<string> {
  const id = kit.world.ids.uuid();
  await kit.world.store.pool.query(
    `insert into room (id, org_id, creator_id, type, title, created, last_activity)
     values ($1, $2, $3, 'direct', '', $4, $4)`,
    [id, kit.orgId, ada.id, kit.world.clock.now()],
  );
  const room = (await findRoomFacts(kit.world, id))!;
  await kit.world.store.tx(async (tx) => {
    for (const { id: personId } of [ada, ben]) {
      const person = (await readPersonFacts(tx.db, personId))!;
      await addMember(kit.world, tx, room, person, { isModerator: false, cause: { actorId: ada.id } });
    }
  });
  return encodeWireId('ROOM', id);
}

/** Makes the room a team's general room that Ada moderates. */
async function makeGeneral(): Promise<void> {
  const id = uuidOf(roomId);
  await kit.world.store.pool.query('update room set team_id = id where id = $1', [id]);
  await kit.world.store.pool.query(
    'update membership set is_moderator = true where room_id = $1 and person_id = $2',
    [id, ada.id],
  );
  forgetRoom(kit.world, id);
  forgetMembership(kit.world, id, ada.id);
}

describe('PUT /memberships/{membershipId}', () => {
  it('locks an unlocked room and makes both moderators', async () => {
    const reply = await ada.api.put(pathOf(ben), { isModerator: true });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ personId: ben.wireId, isModerator: true });
    expect(await isLocked()).toBe(true);
    expect([await isModerator(ada), await isModerator(carl)]).toEqual([true, false]);
    expect(await lastEvents(3)).toEqual([
      'rooms:updated',
      `memberships:updated ${ada.id}`,
      `memberships:updated ${ben.id}`,
    ]);
  });

  it('is the moderators’ in a locked room, and changes nothing that is so already', async () => {
    await ada.api.put(pathOf(ada), { isModerator: true });
    expect((await ben.api.put(pathOf(ben), { isModerator: true })).status).toBe(403);
    expect((await ben.api.put(pathOf(ada), { isModerator: false })).status).toBe(403);
    const before = (await kit.events()).length;
    expect((await ben.api.put(pathOf(ben), { isModerator: false, isRoomHidden: false })).status).toBe(200);
    expect((await kit.events()).length).toBe(before);
    expect((await ada.api.put(pathOf(ben), { isModerator: 'True' })).body.isModerator).toBe(true);
    expect((await ben.api.put(pathOf(ada), { isModerator: false })).body.isModerator).toBe(false);
    expect(await isLocked()).toBe(true);
  });

  it('unlocks a room whose last moderator steps down', async () => {
    await ada.api.put(pathOf(ada), { isModerator: true });
    expect((await ada.api.put(pathOf(ada), { isModerator: false })).body.isModerator).toBe(false);
    expect(await isLocked()).toBe(false);
  });

  it('hides a direct room for oneself only', async () => {
    const direct = await directRoom();
    const hidden = await ada.api.put(pathOf(ada, direct), { isRoomHidden: true });
    expect(hidden.body).toMatchObject({ isRoomHidden: true, roomType: 'direct' });
    expect((await ada.api.get(pathOf(ben, direct))).body.isRoomHidden).toBe(false);
    expect((await ada.api.put(pathOf(ben, direct), { isRoomHidden: true })).status).toBe(403);
    expect((await ada.api.put(pathOf(ada, direct), { isModerator: true })).status).toBe(400);
    expect((await ada.api.put(pathOf(ada), { isRoomHidden: true })).status).toBe(400);
  });

  it('asks for something to change, and for a membership that the caller may know', async () => {
    expect((await ada.api.put(pathOf(ben), {})).status).toBe(400);
    expect((await ada.api.put(pathOf(ben), { isModerator: 'maybe' })).status).toBe(400);
    const absent = await ada.api.put(pathOf(officer), { isModerator: true });
    expect([absent.status, absent.body.message]).toEqual([404, 'User is not a participant of the room.']);
    const stranger = await kit.addPerson();
    const hidden = await stranger.api.put(pathOf(ada), { isModerator: true });
    expect([hidden.status, hidden.body.message]).toEqual([404, 'Failed to get membership']);
    expect((await foreignOfficer.api.put(pathOf(ada), { isModerator: true })).status).toBe(404);
    expect((await officer.api.put(pathOf(ben), { isModerator: true })).status).toBe(200);
  });
});

describe('DELETE /memberships/{membershipId}', () => {
  it('takes oneself or another out, and tells the removed person’s webhooks', async () => {
    const reply = await ada.api.delete(pathOf(ben));
    expect([reply.status, reply.text]).toEqual([204, '']);
    const gone = await ben.api.get(`/rooms/${roomId}`);
    expect([gone.status, gone.body.message]).toEqual([404, 'Could not find a room with provided ID.']);
    const event = (await kit.events()).at(-1)!;
    expect(event).toMatchObject({
      resource: 'memberships',
      event: 'deleted',
      actor_id: ada.id,
      data: { personId: ben.id, personEmail: ben.email, roomType: 'group' },
    });
    const stored = { ...event, dataId: '', tx: '0', seq: 0, at: new Date(0), orgId: null, roomId: null };
    const told = { ...stored, actorId: ada.id, appId: null, traceId: null };
    expect(memberships.webhook!.alsoHeardBy!(told)).toEqual([ben.id]);
    expect(memberships.webhook!.present(told, kit.baseUrl)).toMatchObject({
      roomId,
      roomType: 'group',
      personId: ben.wireId,
      isMonitor: false,
    });
    expect((await carl.api.delete(pathOf(carl))).status).toBe(204);
    expect((await carl.api.delete(pathOf(carl))).status).toBe(404);
  });

  it('leaves the room of whom is the last', async () => {
    for (const person of [ben, carl]) await person.api.delete(pathOf(person));
    expect((await ada.api.get(`/memberships?roomId=${roomId}`)).body.items).toHaveLength(1);
    expect((await ada.api.delete(pathOf(ada))).status).toBe(204);
    expect((await officer.api.get(`/memberships?roomId=${roomId}`)).body.items).toEqual([]);
  });

  it('is the moderators’ in a locked room, but leaving is everybody’s', async () => {
    await ada.api.put(pathOf(ada), { isModerator: true });
    expect((await ben.api.delete(pathOf(carl))).status).toBe(403);
    expect((await ben.api.delete(pathOf(ben))).status).toBe(204);
    expect((await ada.api.delete(pathOf(carl))).status).toBe(204);
  });

  it('unlocks a room that its last moderator leaves', async () => {
    await ada.api.put(pathOf(ada), { isModerator: true });
    await ada.api.delete(pathOf(ada));
    expect((await ben.api.get(`/rooms/${roomId}`)).body.isLocked).toBe(false);
  });

  it('does not leave direct rooms', async () => {
    const direct = await directRoom();
    for (const person of [ada, ben]) {
      const reply = await ada.api.delete(pathOf(person, direct));
      expect([reply.status, reply.body.message]).toEqual([400, 'Failed to leave room.']);
    }
  });

  it('keeps the last moderator in a team’s general room', async () => {
    await makeGeneral();
    expect((await ada.api.delete(pathOf(ada))).status).toBe(403);
    expect((await ada.api.put(pathOf(ada), { isModerator: false })).status).toBe(403);
    expect((await ben.api.put(pathOf(ben), { isModerator: true })).status).toBe(403);
    expect((await ada.api.put(pathOf(ben), { isModerator: true })).status).toBe(200);
    expect(await isLocked()).toBe(false);
    expect((await ada.api.delete(pathOf(ada))).status).toBe(204);
  });

  it('is open to officers of an organisation concerned, not to strangers', async () => {
    const stranger = await kit.addPerson();
    const bot = await kit.addBot();
    for (const { api } of [stranger, bot, foreignOfficer])
      expect((await api.delete(pathOf(ben))).body.message).toBe('Failed to get membership');
    await ada.api.put(pathOf(ada), { isModerator: true });
    expect((await officer.api.delete(pathOf(ben))).status).toBe(204);
    const absent = await ada.api.delete(pathOf(ben));
    expect([absent.status, absent.body.message]).toEqual([404, 'User is not a participant of the room.']);
  });

  it('takes a person out once when two ask at once', async () => {
    const replies = await Promise.all([1, 2].map(() => ada.api.delete(pathOf(ben))));
    expect(replies.map((reply) => reply.status).sort()).toEqual([204, 404]);
  });
});

describe('the end of a person', () => {
  it('ends their memberships of group rooms with events, and keeps direct rooms whole', async () => {
    const scopes = ['spark:all', 'spark-admin:people_write'];
    const root = await kit.addPerson({ roles: ['full_admin'], scopes });
    const direct = await directRoom();
    await ada.api.put(pathOf(ben), { isModerator: true });
    await ada.api.put(pathOf(ada), { isModerator: false });
    const before = (await kit.events()).length;
    expect((await root.api.delete(`/people/${ben.wireId}`)).status).toBe(204);
    const events = (await kit.events()).slice(before);
    expect(events.at(-1)).toMatchObject({ resource: 'people', event: 'deleted' });
    const left = events.filter(({ resource, event }) => `${resource}:${event}` === 'memberships:deleted');
    expect(left.map(({ data }) => data.roomId)).toContain(uuidOf(roomId));
    for (const { actor_id, data } of left) expect([actor_id, data.personId]).toEqual([root.id, ben.id]);
    expect((await ada.api.get(`/memberships?roomId=${roomId}`)).body.items).toHaveLength(2);
    expect(await isLocked()).toBe(false);
    const pair = (await ada.api.get(`/memberships?roomId=${direct}`)).body.items;
    expect(pair).toHaveLength(2);
    expect((await ada.api.post('/memberships', { roomId, personId: ben.wireId })).status).toBe(404);
  });

  it('never leaves a membership behind that is added at the same moment', async () => {
    const root = await kit.addPerson({ roles: ['full_admin'], scopes: ['spark-admin:people_write'] });
    for (let round = 0; round < 5; round++) {
      const person = await kit.addPerson();
      await Promise.all([
        ada.api.post('/memberships', { roomId, personId: person.wireId }),
        root.api.delete(`/people/${person.wireId}`),
      ]);
      const { rows } = await kit.world.store.pool.query('select 1 from membership where person_id = $1', [
        person.id,
      ]);
      expect(rows).toEqual([]);
    }
  });
});
