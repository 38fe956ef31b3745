import { encodePairId, encodeWireId, type Uuid } from '@moothall/core';
import { type AnyBody, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let cy: TestPerson;
let stranger: TestPerson;
let officer: TestPerson;
let foreignOfficer: TestPerson;
let team: AnyBody;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  cy = await kit.addPerson({ name: 'Cy' });
  stranger = await kit.addPerson({ name: 'Sam' });
  const scopes = ['read', 'write'].map((verb) => `spark-compliance:team_memberships_${verb}`);
  const roles = ['compliance_officer' as const];
  officer = await kit.addPerson({ name: 'Olga', roles, scopes });
  foreignOfficer = await kit.addPerson({ name: 'Oleg', org: await kit.addOrg('Other'), roles, scopes });
});
afterAll(() => kit.close());

beforeEach(async () => {
  team = (await ada.api.post('/teams', { name: 'Crew' })).body;
});

function uuidOf(wireId: string): Uuid {
  return Buffer.from(wireId, 'base64url').toString().split('/').at(-1) as Uuid;
}

const membershipId = (person: TestPerson) =>
  encodePairId('TEAM_MEMBERSHIP', { first: person.id, second: uuidOf(team.id) });

const add = (by: TestPerson, person: TestPerson, more: Record<string, unknown> = {}) =>
  by.api.post('/team/memberships', { teamId: team.id, personId: person.wireId, ...more });

const path = (person: TestPerson) => `/team/memberships/${membershipId(person)}`;

async function kindsSince(count: number): Promise<string[]> {
  return (await kit.events()).slice(count).map((event) => `${event.resource}:${event.event}`);
}

describe('team memberships: create', () => {
  it('takes a person in, into the general room too', async () => {
    const before = (await kit.events()).length;
    const reply = await add(ada, ben);
    expect([reply.status, reply.body]).toEqual([
      200,
      {
        id: membershipId(ben),
        teamId: team.id,
        personId: ben.wireId,
        personEmail: ben.email,
        personDisplayName: 'Ben',
        personOrgId: encodeWireId('ORGANIZATION', ben.orgId),
        isModerator: false,
        created: expect.stringMatching(/Z$/),
      },
    ]);
    expect((await ben.api.get(path(ben))).body).toEqual(reply.body);
    expect((await ben.api.get(`/rooms/${encodeWireId('ROOM', uuidOf(team.id))}`)).status).toBe(200);
    expect(await kindsSince(before)).toEqual(['teamMemberships:created', 'memberships:created']);
  });

  it('F10: takes an address in any case, and invites one that nobody has', async () => {
    const known = await ada.api.post('/team/memberships', {
      teamId: team.id,
      personEmail: ben.email.toUpperCase(),
      isModerator: 'true',
    });
    expect(known.body).toMatchObject({ personId: ben.wireId, personEmail: ben.email, isModerator: true });
    const before = (await kit.events()).length;
    const invited = await ada.api.post('/team/memberships', {
      teamId: team.id,
      personEmail: 'new@nowhere.test',
    });
    expect([invited.status, invited.body.personEmail]).toEqual([200, 'new@nowhere.test']);
    expect(await kindsSince(before)).toContain('people:created');
  });

  it('F11, F12: refuses what names nobody, no team or somebody twice', async () => {
    await add(ada, ben);
    const replies = [
      await add(ada, ben),
      await ada.api.post('/team/memberships', { teamId: team.id }),
      await ada.api.post('/team/memberships', { personId: ben.wireId }),
      await add(ada, cy, { personEmail: ben.email }),
      await ada.api.post('/team/memberships', { teamId: kit.world.ids.uuid(), personId: cy.wireId }),
      await ada.api.post('/team/memberships', { teamId: team.id, personId: kit.world.ids.uuid() }),
      await ada.api.post('/team/memberships', { teamId: team.id, personEmail: 'none' }),
    ];
    expect(replies.map((reply) => reply.status)).toEqual([409, 400, 400, 400, 404, 404, 400]);
    expect(replies[0]!.body.message).toBe('Person is already in the team.');
    expect(replies[1]!.body.message).toBe('Must specify either personId or personEmail.');
    expect(replies[2]!.body.message).toBe('teamId cannot be null');
  });

  it('is for moderators and officers concerned; strangers learn nothing', async () => {
    await add(ada, ben);
    const refused = await add(ben, cy);
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('moderator of the team'),
    ]);
    expect((await add(stranger, cy)).status).toBe(404);
    expect((await add(foreignOfficer, cy)).status).toBe(404);
    expect((await add(officer, cy)).status).toBe(200);
    const reader = await kit.mint(ada, ['spark:team_memberships_read']);
    const denied = await reader.post('/team/memberships', { teamId: team.id, personId: stranger.wireId });
    expect(denied.status).toBe(403);
  });

  it('two at once for one person end as one', async () => {
    const replies = await Promise.all([add(ada, ben), add(ada, ben), add(ada, ben)]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409, 409]);
  });

  it('stops when the general room is full', async () => {
    const small = await startTestPlatform({ limits: { 'room.members': 2 } });
    try {
      const [one, two, three] = [await small.addPerson(), await small.addPerson(), await small.addPerson()];
      const { id } = (await one.api.post('/teams', { name: 'Two' })).body;
      const join = (person: TestPerson) =>
        one.api.post('/team/memberships', { teamId: id, personId: person.wireId });
      expect((await join(two)).status).toBe(200);
      const full = await join(three);
      expect([full.status, full.body.message]).toEqual([400, expect.stringContaining('2 members')]);
      expect((await one.api.get(`/team/memberships?teamId=${id}`)).body.items).toHaveLength(2);
    } finally {
      await small.close();
    }
  });
});

describe('team memberships: read', () => {
  it('F47: lists members to members and officers concerned, the first to join first', async () => {
    await add(ada, ben);
    const list = `/team/memberships/?teamId=${team.id}`;
    for (const person of [ada, ben, officer]) {
      const { body } = await person.api.get(list);
      expect(body.items.map((item: AnyBody) => [item.personId, item.isModerator])).toEqual([
        [ada.wireId, true],
        [ben.wireId, false],
      ]);
    }
    for (const person of [stranger, foreignOfficer]) {
      expect((await person.api.get(list)).status).toBe(404);
      expect((await person.api.get(path(ben))).status).toBe(404);
    }
    const required = await ada.api.get('/team/memberships');
    expect([required.status, required.body.message]).toEqual([
      400,
      "Required String parameter 'teamId' is not present",
    ]);
  });

  it('property: any page size lists each member exactly once', async () => {
    // One time for all: the person's id decides between them.
    kit.world.clock.freeze();
    for (let count = 0; count < 6; count++) await add(ada, await kit.addPerson());
    kit.world.clock.resume();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), async (max) => {
        const listed: string[] = [];
        for (
          let next: string | undefined = `/team/memberships?teamId=${team.id}&max=${max}`;
          next !== undefined;
        ) {
          const reply = await ada.api.get(next);
          listed.push(...reply.body.items.map((item: AnyBody) => item.id));
          next = /^<(.+)>; rel="next"$/.exec(reply.headers.get('link') ?? '')?.[1]?.slice(kit.baseUrl.length);
        }
        expect([listed.length, new Set(listed).size]).toEqual([7, 7]);
      }),
      { numRuns: 8 },
    );
  });

  it('tells the absent and the malformed apart', async () => {
    expect((await ada.api.get(path(ben))).status).toBe(404);
    expect((await ada.api.get('/team/memberships/x')).body.message).toBe('Expect base64 ID or UUID.');
    expect((await ada.api.get(`/team/memberships?teamId=${team.id}&cursor=x`)).status).toBe(400);
  });
});

describe('team memberships: update and delete', () => {
  it('moderators make moderators, in the general room too', async () => {
    await add(ada, ben);
    await add(ada, cy);
    expect((await ben.api.put(path(cy), { isModerator: true })).status).toBe(403);
    expect((await stranger.api.put(path(cy), { isModerator: true })).status).toBe(404);
    expect((await ada.api.put(path(cy), {})).status).toBe(400);
    const before = (await kit.events()).length;
    expect((await ada.api.put(path(ben), { isModerator: true })).body.isModerator).toBe(true);
    expect(await kindsSince(before)).toEqual(['teamMemberships:updated', 'memberships:updated']);
    expect((await ben.api.put(path(ben), { isModerator: true })).status).toBe(200);
    expect(await kindsSince(before)).toHaveLength(2);
    expect((await ben.api.put(path(ada), { isModerator: false })).body.isModerator).toBe(false);
  });

  it('never loses the last moderator', async () => {
    await add(ada, ben);
    for (const reply of [
      await ada.api.put(path(ada), { isModerator: false }),
      await ada.api.delete(path(ada)),
    ])
      expect([reply.status, reply.body.message]).toEqual([403, expect.stringContaining('last moderator')]);
    await ada.api.put(path(ben), { isModerator: true });
    const both = await Promise.all([ada.api.delete(path(ada)), ben.api.delete(path(ben))]);
    expect(both.map((reply) => reply.status).sort()).toEqual([204, 403]);
  });

  it('who leaves the team leaves its rooms', async () => {
    await add(ada, ben);
    const room = (await ben.api.post('/rooms', { title: 'Side', teamId: team.id })).body;
    const before = (await kit.events()).length;
    const reply = await ben.api.delete(path(ben));
    expect([reply.status, reply.text]).toEqual([204, '']);
    expect(await kindsSince(before)).toEqual([
      'teamMemberships:deleted',
      'memberships:deleted',
      'memberships:deleted',
    ]);
    expect((await ben.api.get(`/rooms/${room.id}`)).status).toBe(404);
    expect((await ben.api.get(`/teams/${team.id}`)).status).toBe(404);
    expect((await ben.api.delete(path(ben))).status).toBe(404);
  });

  it('moderators and officers concerned remove others, members do not', async () => {
    await add(ada, ben);
    await add(ada, cy);
    expect((await ben.api.delete(path(cy))).status).toBe(403);
    expect((await stranger.api.delete(path(cy))).status).toBe(404);
    expect((await foreignOfficer.api.delete(path(cy))).status).toBe(404);
    expect((await ada.api.delete(path(cy))).status).toBe(204);
    expect((await officer.api.delete(path(ben))).status).toBe(204);
    expect((await ada.api.delete(path(ben))).body.message).toBe(
      'Could not find a team membership with provided ID.',
    );
  });
});
