import { encodeWireId } from '@moothall/core';
import { type AnyBody, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, roomFactsOf, storeRoom } from '../room-access/index.ts';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let bot: TestPerson;
let officer: TestPerson;
let foreignOfficer: TestPerson;

const OFFICER_SCOPES = ['spark-compliance:rooms_read'];

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  bot = await kit.addBot();
  const other = await kit.addOrg('Other');
  const role = { roles: ['compliance_officer' as const], scopes: OFFICER_SCOPES };
  officer = await kit.addPerson({ name: 'Olga', ...role });
  foreignOfficer = await kit.addPerson({ name: 'Oleg', org: other, ...role });
});
afterAll(() => kit.close());

/** A direct room of two people, as a first message to somebody makes it. */
async function directRoom(one: TestPerson, other: TestPerson): Promise<string> {
  const { world } = kit;
  const cause = { actorId: one.id };
  const row = await world.store.tx(async (tx) => {
    const creator = { personId: one.id, orgId: one.orgId, type: 'person' as const };
    const stored = await storeRoom(world, tx, { type: 'direct', title: '' }, creator, cause);
    for (const person of [one, other]) {
      const member = { ...person, type: 'person' as const };
      await addMember(world, tx, roomFactsOf(stored), member, { isModerator: false, cause });
    }
    return stored;
  });
  return encodeWireId('ROOM', row.id);
}

async function follow(person: TestPerson, path: string): Promise<AnyBody[]> {
  const items: AnyBody[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const reply = await person.api.get(next);
    expect(reply.status).toBe(200);
    items.push(...reply.body.items);
    const link = /^<(.+)>; rel="next"$/.exec(reply.headers.get('link') ?? '')?.[1];
    next = link?.slice(kit.baseUrl.length);
  }
  return items;
}

const names = (rooms: AnyBody[]) => rooms.map((room) => room.title as string);

describe('rooms: create and get', () => {
  it('creates a room, whose creator is in it, and emits both events', async () => {
    const created = await ada.api.post('/rooms', { title: 'General talk' });
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({
      title: 'General talk',
      type: 'group',
      isLocked: false,
      creatorId: ada.wireId,
      ownerId: encodeWireId('ORGANIZATION', ada.orgId),
    });
    const read = await ada.api.get(`/rooms/${created.body.id}/`);
    expect(read.body).toEqual(created.body);
    const events = (await kit.events()).map((event) => `${event.resource}:${event.event}`);
    expect(events.slice(-2)).toEqual(['rooms:created', 'memberships:created']);
  });

  it('takes a form with texts for flags', async () => {
    const reply = await ada.api.post(
      '/rooms',
      new URLSearchParams({ title: 'By form', isLocked: 'True', isAnnouncementOnly: 'true' }),
    );
    expect(reply.body).toMatchObject({ isLocked: true, isAnnouncementOnly: true });
  });

  it('F27: refuses a room without a title with the documented text', async () => {
    const reply = await ada.api.post('/rooms', { title: '  ' });
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({
      message: 'Title cannot be empty.',
      errors: [{ description: 'Title cannot be empty.' }],
    });
    expect(reply.body.trackingId).toBe(reply.headers.get('trackingid'));
  });

  it.each([
    [{ title: 'x', isPublic: true }, 400, /^description:/],
    [{ title: 'x', isPublic: true, description: ' ' }, 400, /^description:/],
    [{ title: 'x', isAnnouncementOnly: true }, 400, /^isAnnouncementOnly:/],
    [{ title: 'x'.repeat(1025) }, 400, /^title:/],
    [{ title: 7 }, 400, /^title:/],
    [{ title: 'x', isLocked: 'maybe' }, 400, /true or false/],
    [{ title: 'x', teamId: 'nonsense' }, 400, /^Expect base64 ID or UUID\.$/],
    [{ title: 'x', teamId: '7b0f3a52-0000-7000-8000-00000000ac3e' }, 404, /team/],
  ])('refuses %j with %i', async (body, status, message) => {
    const reply = await ada.api.post('/rooms', body);
    expect(reply.status).toBe(status);
    expect(reply.body.message).toMatch(message);
  });

  it('does not let a bot create and classify at once', async () => {
    const classificationId = encodeWireId('CLASSIFICATION', kit.world.ids.uuid());
    const refused = await bot.api.post('/rooms', { title: 'Secret', classificationId });
    expect(refused.status).toBe(403);
    const made = await ada.api.post('/rooms', { title: 'Secret', classificationId });
    expect(made.body.classificationId).toBe(classificationId);
  });

  it('gives the room of a bot to the organisation of the first person in it', async () => {
    const org = await kit.addOrg('Guests');
    const guest = await kit.addPerson({ name: 'Gil', org });
    const { body } = await bot.api.post('/rooms', { title: 'Bot talk' });
    expect(body.ownerId).toBe(encodeWireId('ORGANIZATION', bot.orgId));
    const { world } = kit;
    for (const person of [guest, ada]) {
      await world.store.tx(async (tx) => {
        const row = await tx.db
          .withTables<{ room: Parameters<typeof roomFactsOf>[0] }>()
          .selectFrom('room')
          .selectAll()
          .where('title', '=', 'Bot talk')
          .executeTakeFirstOrThrow();
        const options = { isModerator: false, cause: { actorId: bot.id } };
        await addMember(world, tx, roomFactsOf(row), { ...person, type: 'person' }, options);
      });
    }
    const read = await bot.api.get(`/rooms/${body.id}`);
    expect(read.body.ownerId).toBe(encodeWireId('ORGANIZATION', org));
    const own = (await kit.events()).filter((event) => event.resource === 'rooms').slice(-2);
    expect(own.map((event) => [event.event, event.data.orgId])).toEqual([
      ['created', bot.orgId],
      ['updated', org],
    ]);
  });

  it('tells strangers and the absent alike that there is no such room', async () => {
    const { body } = await ada.api.post('/rooms', { title: 'Private' });
    const stranger = await ben.api.get(`/rooms/${body.id}`);
    expect(stranger.status).toBe(404);
    expect(stranger.body.message).toBe('Could not find a room with provided ID.');
    expect((await ben.api.get('/rooms/not-an-id')).body.message).toBe('Expect base64 ID or UUID.');
  });

  it("F46: opens a room to its organisation's officer, not to another's", async () => {
    const { body } = await ada.api.post('/rooms', { title: 'Watched' });
    expect((await officer.api.get(`/rooms/${body.id}`)).body).toEqual(body);
    expect((await foreignOfficer.api.get(`/rooms/${body.id}`)).status).toBe(404);
    const noRole = await kit.mint(ben, OFFICER_SCOPES);
    expect((await noRole.get(`/rooms/${body.id}`)).status).toBe(403);
  });

  it("titles a direct room with the other's name, and for officers with nothing", async () => {
    const id = await directRoom(ada, ben);
    expect((await ada.api.get(`/rooms/${id}`)).body).toMatchObject({ title: 'Ben', type: 'direct' });
    expect((await ben.api.get(`/rooms/${id}`)).body.title).toBe('Ada');
    expect((await officer.api.get(`/rooms/${id}`)).body.title).toBe('Empty Title');
    expect((await bot.api.get(`/rooms/${id}`)).status).toBe(404);
  });

  it('says that meeting details are no more, to members only', async () => {
    const { body } = await ada.api.post('/rooms', { title: 'Once with meetings' });
    const refused = await ada.api.get(`/rooms/${body.id}/meetingInfo`);
    expect([refused.status, refused.body.message]).toEqual([404, expect.stringContaining('POST /meetings')]);
    const stranger = await ben.api.get(`/rooms/${body.id}/meetingInfo`);
    expect(stranger.body.message).toBe('Could not find a room with provided ID.');
  });

  it('answers 401 without a token and 405 to a method that the path has not', async () => {
    const anonymous = await kit.anonymous.get('/rooms');
    expect(anonymous.status).toBe(401);
    const wrong = await ada.api.request('PATCH', '/rooms');
    expect([wrong.status, wrong.body.message]).toEqual([405, "Request method 'PATCH' not supported"]);
  });

  it('F24: refuses a token without the scope with the one sentence', async () => {
    const reader = await kit.mint(ada, ['spark:rooms_read']);
    const reply = await reader.post('/rooms', { title: 'No' });
    expect([reply.status, reply.body.message]).toEqual([
      403,
      expect.stringMatching(/^The server understood/),
    ]);
  });
});

describe('rooms: list', () => {
  it('pages with one absolute link that keeps the parameters', async () => {
    const carl = await kit.addPerson({ name: 'Carl' });
    for (const title of ['one', 'two', 'three']) await carl.api.post('/rooms', { title });
    const first = await carl.api.get('/rooms?max=2&sortBy=created&type=group');
    expect(first.body.items).toHaveLength(2);
    const link = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1];
    expect(link).toMatch(new RegExp(`^${kit.baseUrl}/v1/rooms\\?.*type=group`));
    const second = await carl.api.get(link!.slice(kit.baseUrl.length));
    expect(names(second.body.items)).toEqual(['one']);
    expect(second.headers.get('link')).toBeNull();
    expect((await carl.api.get('/rooms?max=5000')).body.items).toHaveLength(3);
  });

  it('property: any page size and order returns each room exactly once', async () => {
    const dora = await kit.addPerson({ name: 'Dora' });
    const made: string[] = [];
    for (let count = 0; count < 12; count++) {
      // Half of them share one time: the id decides between them.
      if (count === 6) kit.world.clock.freeze();
      made.push((await dora.api.post('/rooms', { title: `room ${count}` })).body.id);
    }
    kit.world.clock.resume();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 14 }),
        fc.constantFrom('id', 'lastactivity', 'created'),
        async (max, sortBy) => {
          const listed = await follow(dora, `/rooms?max=${max}&sortBy=${sortBy}`);
          expect(listed.map((room) => room.id).sort()).toEqual([...made].sort());
        },
      ),
      { numRuns: 25 },
    );
  });

  it('lists by type, direct rooms among them', async () => {
    const [eve, fay] = [await kit.addPerson({ name: 'Eve' }), await kit.addPerson({ name: 'Fay' })];
    await directRoom(eve, fay);
    await eve.api.post('/rooms', { title: 'Group' });
    expect(names((await eve.api.get('/rooms?type=direct')).body.items)).toEqual(['Fay']);
    expect(names((await eve.api.get('/rooms/?type=group&showAllTypes=false')).body.items)).toEqual(['Group']);
  });

  it('lists public rooms of the organisation, joined or not, the last made public first', async () => {
    const org = await kit.addOrg('Public');
    const gus = await kit.addPerson({ name: 'Gus', org });
    const hal = await kit.addPerson({ name: 'Hal', org });
    const rooms: AnyBody[] = [];
    for (const title of ['first', 'second', 'third']) {
      kit.world.clock.advance(10);
      rooms.push((await gus.api.post('/rooms', { title, isPublic: true, description: 'open' })).body);
    }
    await gus.api.post('/rooms', { title: 'closed' });
    expect(rooms[0]).toMatchObject({ isPublic: true, madePublic: rooms[0].created });
    const list = '/rooms?orgPublicSpaces=True&max=1';
    expect(names(await follow(hal, list))).toEqual(['third', 'second', 'first']);
    expect(names(await follow(hal, `${list}&from=${rooms[0].madePublic}`))).not.toContain('first');
    expect(names(await follow(hal, `${list}&to=${rooms[2].madePublic}`))).not.toContain('third');
    expect((await ada.api.get(list)).body.items.map((room: AnyBody) => room.id)).not.toContain(rooms[0].id);
    expect((await hal.api.get(`/rooms/${rooms[0].id}`)).status).toBe(200);
    expect((await ada.api.get(`/rooms/${rooms[0].id}`)).status).toBe(404);
    expect((await hal.api.get('/rooms')).body.items).toEqual([]);
  });

  it.each([
    ['orgPublicSpaces=true&type=group', /orgPublicSpaces cannot be combined with type/],
    ['orgPublicSpaces=true&sortBy=id', /combined with sortBy/],
    ['orgPublicSpaces=true&teamId=7b0f3a52-0000-7000-8000-00000000ac3e', /combined with teamId/],
    ['from=2026-01-01T00:00:00Z', /^from filters public spaces only/],
    ['orgPublicSpaces=true&from=99999-01-01', /expected a time/],
    ['max=0', /whole number/],
    ['max=-1', /whole number/],
    ['sortBy=title', /^sortBy:/],
    ['type=both', /^type:/],
    ['cursor=nonsense', /^cursor:/],
    [`cursor=${Buffer.from(`x|${'-'.repeat(36)}`).toString('base64url')}`, /^cursor:/],
    [
      `cursor=${Buffer.from('2026-02-31T00:00:00.000Z|7b0f3a52-0000-7000-8000-00000000ac3e').toString('base64url')}`,
      /^cursor:/,
    ],
  ])('refuses %s', async (query, message) => {
    const reply = await ada.api.get(`/rooms?${query}`);
    expect([reply.status, reply.body.message]).toEqual([400, expect.stringMatching(message)]);
  });
});
