import { encodePairId, encodeWireId, type Uuid } from '@moothall/core';
import { addMember, findRoomFacts, forgetRoom, readPersonFacts } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const OFFICER = ['spark:all', 'spark-compliance:memberships_read', 'spark-compliance:memberships_write'];

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let carl: TestPerson;
let officer: TestPerson;
let foreignOfficer: TestPerson;
/** A group room that Ada created; only she is in it. */
let roomId: string;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false, limits: { 'room.members': 4 } });
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben', email: 'Ben@Acme.test' });
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
  return (await ada.api.post('/rooms', { title: 'Talk', ...body })).body.id;
}

const uuidOf = (wireId: string) => Buffer.from(wireId, 'base64url').toString().split('/').at(-1) as Uuid;
const add = (by: TestPerson, whom: object, room = roomId) =>
  by.api.post('/memberships', { roomId: room, ...whom });
const countIn = async (room = roomId) => (await ada.api.get(`/memberships?roomId=${room}`)).body.items.length;

/** A direct room, which comes about by a message only. */
async function directRoom(one: TestPerson, other: TestPerson): Promise<string> {
  const id = kit.world.ids.uuid();
  await kit.world.store.pool.query(
    `insert into room (id, org_id, creator_id, type, title, created, last_activity)
     values ($1, $2, $3, 'direct', '', $4, $4)`,
    [id, kit.orgId, one.id, kit.world.clock.now()],
  );
  const room = (await findRoomFacts(kit.world, id))!;
  await kit.world.store.tx(async (tx) => {
    for (const { id: personId } of [one, other]) {
      const person = (await readPersonFacts(tx.db, personId))!;
      await addMember(kit.world, tx, room, person, { isModerator: false, cause: { actorId: one.id } });
    }
  });
  return encodeWireId('ROOM', id);
}

/** Puts a room into a new team that people are in; as its general room where `general`. */
async function intoTeam(room: string, people: TestPerson[], general = false): Promise<void> {
  const id = uuidOf(room);
  const teamId = general ? id : kit.world.ids.uuid();
  const { pool } = kit.world.store;
  await pool.query(
    "insert into team (id, org_id, creator_id, name, created) values ($1, $2, $3, 'Ops', $4)",
    [teamId, kit.orgId, ada.id, kit.world.clock.now()],
  );
  for (const person of people)
    await pool.query(
      'insert into team_membership (team_id, person_id, person_org_id, created) values ($1, $2, $3, $4)',
      [teamId, person.id, person.orgId, kit.world.clock.now()],
    );
  await pool.query('update room set team_id = $2 where id = $1', [id, teamId]);
  forgetRoom(kit.world, id);
}

describe('POST /memberships', () => {
  it('F9: puts a person into a room, who then sees it, with one event', async () => {
    const before = (await kit.events()).length;
    const reply = await add(ada, { personId: ben.wireId });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      id: encodePairId('MEMBERSHIP', { first: ben.id, second: uuidOf(roomId) }),
      roomId,
      roomType: 'group',
      personId: ben.wireId,
      personEmail: 'Ben@Acme.test',
      personDisplayName: 'Ben',
      personOrgId: encodeWireId('ORGANIZATION', kit.orgId),
      isModerator: false,
      isMonitor: false,
      created: expect.stringMatching(/\.\d{3}Z$/),
    });
    expect((await ben.api.get(`/rooms/${roomId}`)).status).toBe(200);
    expect((await ben.api.get(`/memberships/${reply.body.id}`)).body).toEqual(reply.body);
    const events = (await kit.events()).slice(before);
    expect(events).toMatchObject([
      {
        resource: 'memberships',
        event: 'created',
        actor_id: ada.id,
        data: { personId: ben.id, roomType: 'group' },
      },
    ]);
  });

  it('takes an address in any case, and both where they agree (F10, F11)', async () => {
    const byEmail = await add(ada, { personEmail: 'bEN@acme.TEST' });
    expect([byEmail.status, byEmail.body.personId]).toEqual([200, ben.wireId]);
    const both = await add(ada, { personId: carl.id, personEmail: carl.email.toUpperCase() });
    expect([both.status, both.body.personId]).toEqual([200, carl.wireId]);
    const form = new URLSearchParams({ roomId, personId: officer.wireId, isModerator: 'false' });
    expect((await ada.api.request('POST', '/memberships', form)).status).toBe(200);
  });

  it('invites an unknown address as a pending person (F10)', async () => {
    const reply = await add(ada, { personEmail: 'New@Acme.test' });
    expect(reply.body).toMatchObject({ personEmail: 'New@Acme.test', personDisplayName: 'New@Acme.test' });
    const { rows } = await kit.world.store.pool.query('select to_email from mail_outbox');
    expect(rows).toEqual([{ to_email: 'New@Acme.test' }]);
    expect((await ada.api.get(`/people/${reply.body.personId}`)).body.status).toBe('pending');
    const names = (await kit.events()).slice(-4).map(({ resource, event }) => `${resource}:${event}`);
    const caused = ['mail:created', 'memberships:created', 'people:created', 'sign_in_links:created'];
    expect(names.sort()).toEqual(caused);
  });

  it('refuses without a person, with two, with an unknown room or person, and a second time (F11)', async () => {
    const none = await add(ada, {});
    expect([none.status, none.body.message]).toEqual([400, 'Must specify either personId or personEmail.']);
    expect((await add(ada, { personId: ben.wireId, personEmail: carl.email })).status).toBe(400);
    const roomless = await ada.api.post('/memberships', { personId: ben.wireId });
    expect([roomless.status, roomless.body.message]).toEqual([400, 'roomId cannot be null']);
    const absent = await add(ada, { personId: ben.wireId }, encodeWireId('ROOM', kit.world.ids.uuid()));
    expect([absent.status, absent.body.message]).toEqual([404, 'Could not find a room with provided ID.']);
    expect((await add(ada, { personId: kit.world.ids.uuid() })).status).toBe(404);
    expect((await add(ada, { personId: 'ben' })).body.message).toBe('Expect base64 ID or UUID.');
    expect((await add(ada, { personEmail: 'ben' })).status).toBe(400);
    await add(ada, { personId: ben.wireId });
    const again = await add(ada, { personEmail: ben.email });
    expect([again.status, again.body.message]).toEqual([409, 'Person is already in the room.']);
    expect(again.body).toEqual({
      message: again.body.message,
      errors: [{ description: again.body.message }],
      trackingId: expect.any(String),
    });
  });

  it('adds a person once when two ask at once', async () => {
    const replies = await Promise.all([1, 2].map(() => add(ada, { personId: ben.wireId })));
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
    const invited = await Promise.all([1, 2].map(() => add(ada, { personEmail: 'twice@acme.test' })));
    expect(invited.map((reply) => reply.status).sort()).toEqual([200, 409]);
    expect(await countIn()).toBe(3);
  });

  it('hides the room from who is not in it, and is the moderators’ in a locked one (F12)', async () => {
    const stranger = await add(ben, { personId: carl.wireId });
    expect([stranger.status, stranger.body.message]).toEqual([
      404,
      'Could not find a room with provided ID.',
    ]);
    const self = await add(ben, { personId: ben.wireId });
    expect(self.status).toBe(404);
    const locked = await newRoom({ isLocked: true });
    await add(ada, { personId: ben.wireId }, locked);
    expect((await add(ben, { personId: carl.wireId }, locked)).status).toBe(403);
    expect((await add(ada, { personId: carl.wireId, isModerator: true }, locked)).body.isModerator).toBe(
      true,
    );
  });

  it('locks an unlocked room whose member is added as a moderator', async () => {
    expect((await add(ada, { personId: ben.wireId, isModerator: 'true' })).body.isModerator).toBe(true);
    expect((await ada.api.get(`/rooms/${roomId}`)).body.isLocked).toBe(true);
    const own = encodePairId('MEMBERSHIP', { first: ada.id, second: uuidOf(roomId) });
    expect((await ada.api.get(`/memberships/${own}`)).body.isModerator).toBe(true);
  });

  it('stops at the most members that a room may have, also for many at once', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => kit.addPerson()));
    const replies = await Promise.all(people.map((person) => add(ada, { personId: person.wireId })));
    const statuses = replies.map((reply) => reply.status).sort();
    expect(statuses).toEqual([200, 200, 200, 400, 400, 400]);
    expect(replies.find((reply) => reply.status === 400)!.body.message).toContain('4 members');
    expect(await countIn()).toBe(4);
  });

  it('adds nobody to direct and archived rooms', async () => {
    const direct = await directRoom(ada, ben);
    expect((await add(ada, { personId: carl.wireId }, direct)).status).toBe(400);
    expect((await add(carl, { personId: carl.wireId }, direct)).status).toBe(404);
    await kit.world.store.pool.query('update room set archived_at = created where id = $1', [uuidOf(roomId)]);
    forgetRoom(kit.world, uuidOf(roomId));
    expect((await add(ada, { personId: ben.wireId })).status).toBe(403);
  });

  it('lets newcomers join public rooms and rooms of their team by themselves only', async () => {
    const open = await newRoom({ isPublic: true, description: 'for all' });
    expect((await add(ben, { personId: carl.wireId }, open)).status).toBe(404);
    expect((await add(ben, { personId: ben.wireId, isModerator: true }, open)).status).toBe(404);
    expect((await add(ben, { personEmail: 'ben@acme.test' }, open)).status).toBe(200);
    expect((await add(foreignOfficer, { personId: foreignOfficer.wireId }, roomId)).status).toBe(404);
    await intoTeam(roomId, [ben]);
    expect((await add(ben, { personId: ben.wireId })).status).toBe(200);
    const locked = await newRoom({ isLocked: true });
    await intoTeam(locked, [carl]);
    expect((await add(carl, { personId: carl.wireId }, locked)).status).toBe(403);
  });

  it('lets bots add people where they are', async () => {
    const bot = await kit.addBot();
    expect((await add(bot, { personId: ben.wireId })).status).toBe(404);
    await add(ada, { personEmail: bot.email });
    expect((await add(bot, { personId: ben.wireId })).status).toBe(200);
  });

  it('lets compliance officers of an organisation concerned add people without being there', async () => {
    const locked = await newRoom({ isLocked: true });
    expect((await add(officer, { personId: ben.wireId }, locked)).status).toBe(200);
    expect((await add(foreignOfficer, { personId: foreignOfficer.wireId }, locked)).status).toBe(404);
    const roleless = await kit.addPerson({ scopes: ['spark-compliance:memberships_write'] });
    expect((await add(roleless, { personId: carl.wireId }, locked)).status).toBe(403);
    const empty = await newRoom();
    await intoTeam(empty, []);
    const own = encodePairId('MEMBERSHIP', { first: ada.id, second: uuidOf(empty) });
    expect((await ada.api.delete(`/memberships/${own}`)).status).toBe(204);
    expect((await add(officer, { personId: ben.wireId }, empty)).status).toBe(403);
  });

  it('asks for the scope (F25)', async () => {
    const api = await kit.mint(ada, ['spark:memberships_read']);
    expect((await api.post('/memberships', { roomId, personId: ben.wireId })).status).toBe(403);
    expect((await api.get('/memberships')).status).toBe(200);
  });
});

describe('GET /memberships', () => {
  it('lists the caller’s own memberships, or those of a room, the oldest first', async () => {
    const dora = await kit.addPerson({ name: 'Dora' });
    await add(ada, { personId: dora.wireId });
    const direct = await directRoom(dora, ada);
    const own = (await dora.api.get('/memberships')).body.items;
    expect(own.map((item: { roomId: string }) => item.roomId)).toEqual([roomId, direct]);
    const people = (await dora.api.get(`/memberships/?roomId=${roomId}`)).body.items;
    expect(people.map((item: { personId: string }) => item.personId)).toEqual([ada.wireId, dora.wireId]);
    const pair = (await ada.api.get(`/memberships?roomId=${direct}`)).body.items;
    expect(pair).toHaveLength(2);
    expect(pair[0]).toMatchObject({ roomType: 'direct', isRoomHidden: false });
    expect(people[0]).not.toHaveProperty('isRoomHidden');
  });

  it('finds a person within a room, but asks for the room', async () => {
    await add(ada, { personId: ben.wireId });
    const found = await ada.api.get(`/memberships?roomId=${roomId}&personEmail=BEN@acme.test`);
    expect(found.body.items).toMatchObject([{ personId: ben.wireId }]);
    expect((await ada.api.get(`/memberships?roomId=${roomId}&personId=${carl.wireId}`)).body.items).toEqual(
      [],
    );
    for (const query of [`personId=${ben.wireId}`, 'personEmail=ben@acme.test'])
      expect((await ada.api.get(`/memberships?${query}`)).status).toBe(400);
  });

  it('pages without gaps, in rooms and over rooms', async () => {
    await add(ada, { personId: ben.wireId });
    await add(ada, { personId: carl.wireId });
    const all = async (path: string, key: string) => {
      const seen: string[] = [];
      for (let next: string | undefined = path; next; ) {
        const reply = await ada.api.get(next);
        seen.push(...reply.body.items.map((item: Record<string, string>) => item[key]));
        next = /^<([^>]+)>/.exec(reply.headers.get('link') ?? '')?.[1]?.slice(kit.baseUrl.length);
      }
      return seen;
    };
    expect(await all(`/memberships?roomId=${roomId}&max=1`, 'personId')).toEqual([
      ada.wireId,
      ben.wireId,
      carl.wireId,
    ]);
    const paged = await all('/memberships?max=2', 'roomId');
    expect(paged).toEqual(await all('/memberships', 'roomId'));
    expect(new Set(paged).size).toBe(paged.length);
    expect((await ada.api.get('/memberships?max=nonsense')).status).toBe(400);
    expect((await ada.api.get('/memberships?cursor=nonsense')).status).toBe(400);
  });

  it('is hidden from strangers, and shows officers what concerns their organisation', async () => {
    expect((await ben.api.get(`/memberships?roomId=${roomId}`)).status).toBe(404);
    expect((await officer.api.get(`/memberships?roomId=${roomId}`)).body.items).toHaveLength(1);
    expect((await foreignOfficer.api.get(`/memberships?roomId=${roomId}`)).status).toBe(404);
    const ofAda = await officer.api.get(`/memberships?personId=${ada.wireId}`);
    expect(ofAda.body.items.length).toBeGreaterThan(1);
    expect((await foreignOfficer.api.get(`/memberships?personId=${ada.wireId}`)).body.items).toEqual([]);
    await add(ada, { personId: foreignOfficer.wireId });
    const concerned = await foreignOfficer.api.get(`/memberships?roomId=${roomId}`);
    expect(concerned.body.items).toHaveLength(2);
  });

  it('shows team members who have not joined a locked room its moderators only', async () => {
    const locked = await newRoom({ isLocked: true });
    await add(ada, { personId: ben.wireId }, locked);
    await intoTeam(locked, [carl]);
    const seen = await carl.api.get(`/memberships?roomId=${locked}`);
    expect(seen.body.items).toMatchObject([{ personId: ada.wireId, isModerator: true }]);
    const id = (person: TestPerson) =>
      encodePairId('MEMBERSHIP', { first: person.id, second: uuidOf(locked) });
    expect((await carl.api.get(`/memberships/${id(ada)}`)).status).toBe(200);
    expect((await carl.api.get(`/memberships/${id(ben)}`)).status).toBe(404);
  });
});

describe('GET /memberships/{membershipId}', () => {
  it('looks the same when it is absent and when it is hidden', async () => {
    const id = (person: TestPerson, room: Uuid) =>
      encodePairId('MEMBERSHIP', { first: person.id, second: room });
    const replies = [
      await ada.api.get(`/memberships/${id(ben, uuidOf(roomId))}`),
      await ben.api.get(`/memberships/${id(ada, uuidOf(roomId))}`),
      await ada.api.get(`/memberships/${id(ada, kit.world.ids.uuid())}`),
      await foreignOfficer.api.get(`/memberships/${id(ada, uuidOf(roomId))}`),
    ];
    for (const reply of replies)
      expect([reply.status, reply.body.message]).toEqual([404, 'Failed to get membership']);
    expect((await officer.api.get(`/memberships/${id(ada, uuidOf(roomId))}`)).status).toBe(200);
    expect((await ada.api.get('/memberships/nonsense')).body.message).toBe('Expect base64 ID or UUID.');
    expect((await ada.api.get(`/memberships/${roomId}`)).status).toBe(400);
  });
});
