import type { RoleName } from '@moothall/contract';
import { decodeWireUuid, encodeWireId } from '@moothall/core';
import { addLicense, defaultLicenses, roleWireId } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCOPES = [
  'spark:all',
  'spark-admin:people_read',
  'spark-admin:people_write',
  'spark-admin:licenses_read',
];
const SENTENCE = /^The server understood the request, but refused to fulfill it/;

let kit: TestPlatform;
let root: TestPerson;
let userAdmin: TestPerson;
let otherRoot: TestPerson;
let licenseIds: Record<string, string>;
let count = 0;

const add = (roles: RoleName[] = [], org = kit.orgId) => kit.addPerson({ roles, scopes: SCOPES, org });
const fresh = () => {
  count += 1;
  return `new.${count}@acme.test`;
};

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  await kit.world.store.tx(async (tx) => {
    for (const license of defaultLicenses(kit.orgId)) await addLicense(kit.world, tx, license);
  });
  root = await add(['full_admin']);
  userAdmin = await add(['user_admin']);
  otherRoot = await add(['full_admin'], await kit.addOrg('Globex'));
  const { body } = await root.api.get('/licenses');
  licenseIds = Object.fromEntries(
    body.items.map((item: { name: string; id: string }) => [item.name, item.id]),
  );
});
afterAll(() => kit.close());

describe('POST /people', () => {
  it('creates a pending person with roles and licences, and invites them', async () => {
    const email = fresh();
    const reply = await root.api.post('/people', {
      emails: [email],
      firstName: 'Nia',
      lastName: 'North',
      title: 'GM',
      managerId: root.wireId,
      phoneNumbers: [{ type: 'work', value: '408 526 7209' }],
      addresses: [{ type: 'work', country: 'US' }],
      siteUrls: ['acme.meet.test#attendee'],
      roles: [roleWireId('user_admin'), 'no-role'],
      licenses: [licenseIds.Messaging, encodeWireId('LICENSE', 'no-licence')],
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      emails: [email],
      displayName: 'Nia North',
      firstName: 'Nia',
      nickName: 'Nia',
      managerId: root.wireId,
      phoneNumbers: [{ type: 'work', value: '408 526 7209' }],
      addresses: [{ type: 'work', country: 'US' }],
      siteUrls: ['acme.meet.test#attendee'],
      roles: [roleWireId('user_admin')],
      licenses: [licenseIds.Messaging],
      invitePending: true,
      loginEnabled: true,
      status: 'pending',
      type: 'person',
    });
    expect((await root.api.get(`/people/${reply.body.id}`)).body).toEqual(reply.body);
    const [created, , mail] = (await kit.events()).slice(-3);
    expect(created).toMatchObject({ resource: 'people', event: 'created', actor_id: root.id });
    expect(mail).toMatchObject({ resource: 'mail', data: { kind: 'invitation' } });
  });

  it.each([
    [{ displayName: 'X' }, 'emails'],
    [{ displayName: 'X', emails: [] }, 'exactly one'],
    [{ displayName: 'X', emails: ['a@acme.test', 'b@acme.test'] }, 'exactly one'],
    [{ displayName: 'X', emails: ['nonsense'] }, 'e-mail'],
    [{ displayName: '  ', emails: ['x@acme.test'] }, 'displayName, firstName or lastName'],
    [{ displayName: 'X'.repeat(257), emails: ['x@acme.test'] }, 'displayName'],
    [{ displayName: 'X', emails: ['x@WEBEX.bot'] }, 'bots'],
    [{ displayName: 'X', emails: ['x@acme.test'], avatar: 'javascript:alert(1)' }, 'avatar'],
    [{ displayName: 'X', emails: ['x@acme.test'], managerId: 'boss' }, 'base64'],
    [
      { displayName: 'X', emails: ['x@acme.test'], phoneNumbers: [{ type: 'carrier pigeon' }] },
      'phoneNumbers',
    ],
  ])('refuses %j', async (body, reason) => {
    const reply = await root.api.post('/people', body);
    expect(reply.status).toBe(400);
    expect(reply.text).toContain(reason);
  });

  it('refuses an address that somebody has, in any case, also of two at once', async () => {
    const email = fresh();
    const replies = await Promise.all(
      [email, email.toUpperCase()].map((one) =>
        root.api.post('/people', { emails: [one], displayName: 'Twin' }),
      ),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
    const foreign = await otherRoot.api.post('/people', { emails: [email], displayName: 'Thief' });
    expect(foreign.status).toBe(409);
  });

  it('keeps the id of a location in wire form, and refuses what is none', async () => {
    const bare = '7b0f3a52-0000-4000-8000-0000000000aa';
    const body = { emails: ['located@acme.test'], displayName: 'Located', locationId: bare };
    const { locationId } = (await root.api.post('/people', body)).body;
    expect(Buffer.from(locationId, 'base64url').toString()).toBe(`ciscospark://us/LOCATION/${bare}`);
    const found = await root.api.get(`/people?locationId=${bare}`);
    expect(found.body.items.map((one: { locationId: string }) => one.locationId)).toEqual([locationId]);
    const refused = await root.api.post('/people', { ...body, locationId: 'ground floor' });
    expect([refused.status, refused.body.message]).toEqual([400, 'Expect base64 ID or UUID.']);
  });

  it('refuses another organisation', async () => {
    const orgId = encodeWireId('ORGANIZATION', kit.orgId);
    const reply = await otherRoot.api.post('/people', { emails: [fresh()], displayName: 'Spy', orgId });
    expect(reply.status).toBe(404);
  });
});

describe('PUT /people/{personId}', () => {
  it('replaces all details: what is left out is gone', async () => {
    const { body: before } = await root.api.post('/people', {
      emails: [fresh()],
      displayName: 'Old',
      firstName: 'Olga',
      department: 'Sales',
      licenses: Object.values(licenseIds),
    });
    const kept = await root.api.put(`/people/${before.id}`, { ...before, title: 'GM' });
    expect(kept.body).toMatchObject({ department: 'Sales', title: 'GM', licenses: before.licenses });
    const email = fresh();
    const reply = await root.api.put(`/people/${before.id}`, {
      displayName: 'New',
      firstName: 'Nora',
      emails: [email],
      loginEnabled: false,
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ displayName: 'New', nickName: 'Nora', emails: [email], licenses: [] });
    expect(reply.body).toMatchObject({ loginEnabled: false, created: before.created });
    for (const key of ['department', 'title']) expect(reply.body).not.toHaveProperty(key);
    // Who is deactivated loses what lets them in, too.
    const updates = (await kit.events()).filter(({ resource }) => resource === 'people');
    expect(updates.at(-1)).toMatchObject({
      event: 'updated',
      data: { id: decodeWireUuid(['PEOPLE'], before.id) },
    });
  });

  it('ends the tokens of who may not sign in, for good', async () => {
    const person = await add();
    const body = { displayName: person.displayName };
    expect((await person.api.get('/people/me')).status).toBe(200);
    await root.api.put(`/people/${person.wireId}`, { ...body, loginEnabled: false });
    expect((await person.api.get('/people/me')).status).toBe(401);
    await root.api.put(`/people/${person.wireId}`, { ...body, loginEnabled: 'true' });
    expect((await person.api.get('/people/me')).status).toBe(401);
    const again = await kit.mint(person, SCOPES);
    expect((await again.get('/people/me')).status).toBe(200);
    const self = await root.api.put(`/people/${root.wireId}`, { displayName: 'Root', loginEnabled: false });
    expect([self.status, self.body.message]).toEqual([403, expect.stringContaining('deactivate themselves')]);
  });

  it('refuses a known address, an absent person and a nameless one', async () => {
    const person = await add();
    const taken = await root.api.put(`/people/${person.wireId}`, { displayName: 'P', emails: [root.email] });
    expect(taken.status).toBe(409);
    expect((await root.api.put(`/people/${person.wireId}`, {})).status).toBe(400);
    const absent = `/people/${kit.world.ids.uuid()}`;
    expect((await root.api.put(absent, { displayName: 'P' })).status).toBe(404);
    expect((await otherRoot.api.put(`/people/${person.wireId}`, { displayName: 'P' })).status).toBe(404);
  });

  it('lets user administrators change users, but neither roles nor who holds privileged ones', async () => {
    const person = await add();
    const officer = await add(['compliance_officer']);
    const put = (id: string, body: object) =>
      userAdmin.api.put(`/people/${id}`, { displayName: 'P', ...body });
    expect((await put(person.wireId, {})).status).toBe(200);
    const denied = [
      await put(person.wireId, { roles: [roleWireId('full_admin')] }),
      await put(officer.wireId, { roles: [roleWireId('compliance_officer')] }),
      await put(root.wireId, { roles: [roleWireId('full_admin')] }),
      await userAdmin.api.post('/people', {
        emails: [fresh()],
        displayName: 'King',
        roles: [roleWireId('full_admin')],
      }),
      await userAdmin.api.delete(`/people/${root.wireId}`),
    ];
    for (const reply of denied)
      expect([reply.status, reply.body.message]).toEqual([403, expect.stringMatching(SENTENCE)]);
  });
});

describe('DELETE /people/{personId}', () => {
  it('stops tokens, hides the person and frees the address, but keeps the row', async () => {
    const person = await add();
    expect((await person.api.get('/people/me')).status).toBe(200);
    const reply = await root.api.delete(`/people/${person.wireId}`);
    expect([reply.status, reply.text]).toEqual([204, '']);
    expect((await person.api.get('/people/me')).status).toBe(401);
    expect((await root.api.get(`/people/${person.wireId}`)).status).toBe(404);
    expect((await root.api.get(`/people?id=${person.wireId}`)).body.notFoundIds).toEqual([person.wireId]);
    expect((await root.api.get(`/people?email=${person.email}`)).body.items).toEqual([]);
    expect((await root.api.delete(`/people/${person.wireId}`)).status).toBe(404);
    expect((await kit.events()).at(-1)).toMatchObject({
      resource: 'people',
      event: 'deleted',
      actor_id: root.id,
      data: { id: person.id, email: person.email },
    });
    const again = await root.api.post('/people', { emails: [person.email], displayName: 'Successor' });
    expect(again.status).toBe(200);
    expect(again.body.id).not.toBe(person.wireId);
  });

  it('is not for oneself, nor for bots, nor across organisations', async () => {
    const bot = await kit.addBot();
    expect((await root.api.delete(`/people/${root.wireId}`)).status).toBe(403);
    expect((await root.api.delete(`/people/${bot.wireId}`)).body.message).toMatch(SENTENCE);
    expect((await otherRoot.api.delete(`/people/${userAdmin.wireId}`)).status).toBe(404);
    expect((await root.api.delete('/people/nobody')).status).toBe(400);
  });
});

describe('what administrators change about people', () => {
  it('is audited, and never ends the last full administrator', async () => {
    const org = await kit.addOrg('Audited');
    const boss = await add(['full_admin'], org);
    const helper = await add(['user_admin', 'readonly_admin'], org);
    const { body } = await boss.api.post('/people', { emails: [fresh()], displayName: 'New' });
    const roles = [roleWireId('readonly_admin')];
    await boss.api.put(`/people/${body.id}`, { displayName: 'Newer', roles });
    await boss.api.delete(`/people/${body.id}`);
    const entries = (await kit.events())
      .filter(({ resource }) => resource === 'audit')
      .map(({ data }) => data);
    expect(entries.slice(-4)).toMatchObject([
      { category: 'USER_CREATED', target: { type: 'person', name: 'New' }, actorOrgId: org },
      { category: 'ROLES_CHANGED' },
      { category: 'USER_UPDATED' },
      { category: 'USER_DELETED', target: { name: 'Newer' } },
    ]);
    const demoted = await boss.api.put(`/people/${boss.wireId}`, { displayName: 'Boss', roles: [] });
    expect([demoted.status, demoted.body.message]).toEqual([
      400,
      expect.stringContaining('last full administrator'),
    ]);
    expect((await helper.api.delete(`/people/${boss.wireId}`)).status).toBe(403);
  });

  it('gives licences as far as seats reach', async () => {
    const org = await kit.addOrg('Scarce');
    await kit.world.store.tx(async (tx) => {
      for (const license of defaultLicenses(org))
        await addLicense(kit.world, tx, { ...license, totalUnits: 1 });
    });
    const boss = await kit.addPerson({ roles: ['full_admin'], scopes: SCOPES, org, licenses: ['messaging'] });
    const { items } = (await boss.api.get('/licenses')).body;
    const licenses = items.map(({ id }: { id: string }) => id);
    const reply = await boss.api.post('/people', { emails: [fresh()], displayName: 'New', licenses });
    expect(reply.body.licenses).toHaveLength(2);
  });
});

describe('writes about people', () => {
  it.each<[string, RoleName[]]>([
    ['a read-only admin', ['readonly_admin']],
    ['a compliance officer', ['compliance_officer']],
    ['a user', []],
  ])('are refused to %s with the one sentence (F24, F27)', async (_who, roles) => {
    const person = await add(roles);
    for (const reply of [
      await person.api.post('/people', { emails: [fresh()], displayName: 'X' }),
      await person.api.put(`/people/${userAdmin.wireId}`, { displayName: 'X' }),
      await person.api.delete(`/people/${userAdmin.wireId}`),
    ]) {
      expect(reply.status).toBe(403);
      expect(reply.body).toEqual({
        message: expect.stringMatching(SENTENCE),
        errors: [{ description: reply.body.message }],
        trackingId: expect.any(String),
      });
    }
  });

  it('are refused to admins without the scope, and to bots (F25)', async () => {
    const bot = await kit.addBot();
    for (const api of [await kit.mint(root, ['spark:all', 'spark-admin:people_read']), bot.api])
      expect((await api.delete(`/people/${userAdmin.wireId}`)).status).toBe(403);
  });
});
