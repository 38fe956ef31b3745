import { encodeWireId, type Uuid } from '@moothall/core';
import { type AnyBody, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let stranger: TestPerson;
let bot: TestPerson;
let officer: TestPerson;
let foreignOfficer: TestPerson;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  stranger = await kit.addPerson({ name: 'Cy' });
  bot = await kit.addBot();
  const scopes = [
    'spark:teams_read',
    'spark:rooms_read',
    ...['rooms_read', 'teams_read', 'team_memberships_read'].map((name) => `spark-compliance:${name}`),
  ];
  const roles = ['compliance_officer' as const];
  officer = await kit.addPerson({ name: 'Olga', roles, scopes });
  foreignOfficer = await kit.addPerson({ name: 'Oleg', org: await kit.addOrg('Other'), roles, scopes });
});
afterAll(() => kit.close());

function uuidOf(wireId: string): Uuid {
  return Buffer.from(wireId, 'base64url').toString().split('/').at(-1) as Uuid;
}

const generalOf = (team: AnyBody) => encodeWireId('ROOM', uuidOf(team.id));

async function makeTeam(name: string, ...members: TestPerson[]): Promise<AnyBody> {
  const team = (await ada.api.post('/teams', { name })).body;
  for (const { wireId } of members)
    await ada.api.post('/team/memberships', { teamId: team.id, personId: wireId });
  return team;
}

async function kindsSince(count: number): Promise<string[]> {
  return (await kit.events()).slice(count).map((event) => `${event.resource}:${event.event}`);
}

describe('teams', () => {
  it('creates a team with its general room, both moderated by the creator', async () => {
    const before = (await kit.events()).length;
    const created = await ada.api.post('/teams', { name: ' Crew ', description: 'of four' });
    expect([created.status, created.body]).toEqual([
      200,
      {
        id: expect.any(String),
        name: 'Crew',
        description: 'of four',
        creatorId: ada.wireId,
        created: expect.stringMatching(/Z$/),
      },
    ]);
    expect((await ada.api.get(`/teams/${created.body.id}`)).body).toEqual(created.body);
    const general = await ada.api.get(`/rooms/${generalOf(created.body)}`);
    expect(general.body).toMatchObject({ title: 'Crew', type: 'group', teamId: created.body.id });
    expect(await kindsSince(before)).toEqual([
      'teams:created',
      'rooms:created',
      'teamMemberships:created',
      'memberships:created',
    ]);
    const events = (await kit.events()).slice(before);
    expect(JSON.stringify(events.map((event) => event.data))).not.toContain('Crew');
    expect(events.at(-1)!.data.isModerator).toBe(true);
  });

  it.each([
    [{}, 'Name cannot be empty.'],
    [{ name: ' ' }, 'Name cannot be empty.'],
    [{ name: 3 }, expect.stringMatching(/^name:/)],
    [{ name: 'x'.repeat(1025) }, expect.stringMatching(/^name:/)],
  ])('F27: refuses %j', async (body, message) => {
    const reply = await ada.api.post('/teams', body);
    expect([reply.status, reply.body]).toEqual([
      400,
      { message, errors: [{ description: expect.any(String) }], trackingId: expect.any(String) },
    ]);
  });

  it('lets bots have teams', async () => {
    const team = (await bot.api.post('/teams', { name: 'Bots' })).body;
    expect((await bot.api.get('/teams')).body.items).toEqual([team]);
  });

  it('property: F44: any page size lists each own team exactly once, and no other', async () => {
    const dora = await kit.addPerson({ name: 'Dora', roles: ['compliance_officer'] });
    const made: string[] = [];
    for (let count = 0; count < 7; count++)
      made.push((await dora.api.post('/teams', { name: `t${count}` })).body.id);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (max) => {
        const listed: string[] = [];
        for (let next: string | undefined = `/teams/?max=${max}`; next !== undefined; ) {
          const reply = await dora.api.get(next);
          listed.push(...reply.body.items.map((team: AnyBody) => team.id));
          next = /^<(.+)>; rel="next"$/.exec(reply.headers.get('link') ?? '')?.[1]?.slice(kit.baseUrl.length);
        }
        expect(listed.sort()).toEqual([...made].sort());
      }),
      { numRuns: 9 },
    );
    for (const query of ['max=0', 'max=x', 'cursor=x'])
      expect((await dora.api.get(`/teams?${query}`)).status).toBe(400);
  });

  it('F47: shows a team to members and to officers concerned, to nobody else', async () => {
    const team = await makeTeam('Seen', ben);
    for (const person of [ada, ben, officer])
      expect((await person.api.get(`/teams/${team.id}`)).body).toEqual(team);
    for (const person of [stranger, bot, foreignOfficer]) {
      const reply = await person.api.get(`/teams/${team.id}`);
      expect([reply.status, reply.body.message]).toEqual([404, 'Could not find a team with provided ID.']);
    }
    expect((await officer.api.get('/teams')).body.items).toEqual([]);
    expect((await ada.api.get('/teams/none')).body.message).toBe('Expect base64 ID or UUID.');
  });

  it("lets moderators change it; the general room takes the team's name", async () => {
    const team = await makeTeam('Old name', ben);
    const refused = await ben.api.put(`/teams/${team.id}`, { name: 'x' });
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining('moderator of the team'),
    ]);
    expect((await stranger.api.put(`/teams/${team.id}`, { name: 'x' })).status).toBe(404);
    const before = (await kit.events()).length;
    const changed = await ada.api.put(`/teams/${team.id}`, { name: 'New name', description: 'now' });
    expect(changed.body).toEqual({ ...team, name: 'New name', description: 'now' });
    expect(await kindsSince(before)).toEqual(['teams:updated', 'rooms:updated']);
    expect((await ben.api.get(`/rooms/${generalOf(team)}`)).body.title).toBe('New name');
    expect((await ada.api.put(`/teams/${team.id}`, { name: 'New name' })).body).toEqual(changed.body);
    expect(await kindsSince(before)).toHaveLength(2);
    expect((await ada.api.put(`/teams/${team.id}`, { description: ' ' })).body).not.toHaveProperty(
      'description',
    );
    for (const body of [{}, { name: '' }])
      expect((await ada.api.put(`/teams/${team.id}`, body)).status).toBe(400);
  });

  it('lets moderators delete it: its rooms are archived, members lose it, officers do not', async () => {
    const team = await makeTeam('Doomed', ben);
    const room = (await ben.api.post('/rooms', { title: 'Side', teamId: team.id })).body;
    expect((await ben.api.delete(`/teams/${team.id}`)).status).toBe(403);
    const before = (await kit.events()).length;
    const reply = await ada.api.delete(`/teams/${team.id}`);
    expect([reply.status, reply.text]).toEqual([204, '']);
    expect(await kindsSince(before)).toEqual(['teams:deleted', 'rooms:updated', 'rooms:updated']);
    expect((await ada.api.get(`/teams/${team.id}`)).status).toBe(404);
    expect((await ada.api.delete(`/teams/${team.id}`)).status).toBe(404);
    expect((await ben.api.get('/teams')).body.items.map((item: AnyBody) => item.id)).not.toContain(team.id);
    // Who was in its rooms still reads them, who was not can no longer join.
    expect((await ben.api.get(`/rooms/${room.id}`)).body).toEqual(room);
    expect((await ada.api.get(`/rooms/${room.id}`)).status).toBe(404);
    expect((await ben.api.put(`/rooms/${room.id}`, { title: 'x' })).status).toBe(403);
    expect((await officer.api.get(`/rooms/${room.id}`)).body.teamId).toBe(team.id);
    expect((await officer.api.get(`/teams/${team.id}`)).status).toBe(200);
    expect((await officer.api.get(`/team/memberships?teamId=${team.id}`)).body.items).toHaveLength(2);
  });

  it('two deletions at once end as one, and a deleted team takes no rooms', async () => {
    const team = await makeTeam('Twice');
    const replies = await Promise.all([1, 2].map(() => ada.api.delete(`/teams/${team.id}`)));
    expect(replies.map((reply) => reply.status).sort()).toEqual([204, 404]);
    expect((await ada.api.post('/rooms', { title: 'x', teamId: team.id })).status).toBe(404);
  });
});

describe('rooms of teams', () => {
  it('are made by people of the team, and seen by all of them', async () => {
    const team = await makeTeam('Open', ben);
    const room = (await ada.api.post('/rooms', { title: 'Side', teamId: team.id })).body;
    expect(room.teamId).toBe(team.id);
    const refused = await stranger.api.post('/rooms', { title: 'Side', teamId: team.id });
    expect([refused.status, refused.body.message]).toEqual([404, 'Could not find a team with provided ID.']);
    expect((await ben.api.get(`/rooms/${room.id}`)).body).toEqual(room);
    expect((await stranger.api.get(`/rooms/${room.id}`)).status).toBe(404);
    const titles = async (person: TestPerson) =>
      (await person.api.get(`/rooms?teamId=${team.id}`)).body.items.map((item: AnyBody) => item.title).sort();
    expect(await titles(ben)).toEqual(['Open', 'Side']);
    expect(await titles(stranger)).toEqual([]);
    // Seen, but not joined: his own list holds the general room only.
    const own = (await ben.api.get('/rooms')).body.items.map((item: AnyBody) => item.id);
    expect(own).not.toContain(room.id);
    expect((await ben.api.put(`/rooms/${room.id}`, { title: 'x' })).status).toBe(404);
  });
});
