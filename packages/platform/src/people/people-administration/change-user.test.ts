import type { RoleName } from '@moothall/contract';
import { addApp, addLicense, createSignInLink, defaultLicenses } from '@moothall/platform';
import { type ApiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let root: TestPerson;
let page: ApiClient;
let licenseIds: Record<string, string>;

const path = (person: { wireId: string }) => `/hub/api/users/${person.wireId}`;
const versionOf = async (person: { wireId: string }, api = page) =>
  (await api.get(path(person))).body.version;
const change = async (person: { wireId: string }, body: object, api = page) =>
  api.patch(path(person), { version: await versionOf(person, api), ...body });
const adminOf = async (org: TestPlatform['orgId'], roles: RoleName[] = ['full_admin']) => {
  const person = await kit.addPerson({ org, roles, licenses: [] });
  return { ...person, page: await kit.page(person, 'hub') };
};
const audits = async () =>
  (await kit.events()).filter(({ resource }) => resource === 'audit').map(({ data }) => data);

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  await kit.world.store.tx(async (tx) => {
    for (const license of defaultLicenses(kit.orgId))
      await addLicense(kit.world, tx, { ...license, totalUnits: 2 });
  });
  root = await kit.addPerson({ name: 'Root', roles: ['full_admin'], licenses: [] });
  page = await kit.page(root, 'hub');
  const { body } = await page.get('/hub/api/overview');
  licenseIds = Object.fromEntries(
    body.licenses.map((one: { name: string; id: string }) => [one.name, one.id]),
  );
});
afterAll(() => kit.close());

describe('a change of a person', () => {
  it('leaves what it does not name, and is audited', async () => {
    const person = await kit.addPerson({ name: 'Bo', licenses: [] });
    const first = await change(person, { firstName: 'Bo', title: 'Engineer', roles: ['user_admin'] });
    expect(first.body).toMatchObject({
      firstName: 'Bo',
      title: 'Engineer',
      roles: ['user_admin'],
      loginEnabled: true,
    });
    const second = await change(person, { title: '', displayName: 'Bo B', licenses: [licenseIds.Messaging] });
    expect(second.body).toMatchObject({
      displayName: 'Bo B',
      firstName: 'Bo',
      licenses: [licenseIds.Messaging],
    });
    expect(second.body).not.toHaveProperty('title');
    expect((await audits()).slice(-4)).toMatchObject([
      { category: 'ROLES_CHANGED', actionText: expect.stringContaining('from none to user_admin') },
      { category: 'USER_UPDATED' },
      { category: 'LICENSES_CHANGED', actionText: expect.stringContaining('from none to messaging') },
      { category: 'USER_UPDATED', target: { id: person.id, name: 'Bo B' } },
    ]);
    expect((await kit.events()).at(-1)).toMatchObject({
      resource: 'people',
      event: 'updated',
      actor_id: root.id,
    });
  });

  it('of two administrators at once is made once, and the other is told to reload; nothing is lost', async () => {
    const person = await kit.addPerson({ licenses: [] });
    const other = await adminOf(kit.orgId);
    const version = await versionOf(person);
    const replies = await Promise.all([
      page.patch(path(person), { version, title: 'One' }),
      other.page.patch(path(person), { version, department: 'Two' }),
    ]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
    const lost = replies.find((reply) => reply.status === 409)!;
    expect(lost.body.message).toContain('reload');
    const now = (await page.get(path(person))).body;
    expect([now.title, now.department].filter(Boolean)).toHaveLength(1);
    expect((await change(person, { title: 'One', department: 'Two' })).body).toMatchObject({
      title: 'One',
      department: 'Two',
    });
    await change(other, { roles: [] });
  });

  it('has another version each time, even while the clock stands', async () => {
    const person = await kit.addPerson({ licenses: [] });
    kit.world.clock.freeze();
    const version = await versionOf(person);
    expect((await page.patch(path(person), { version, title: 'A' })).status).toBe(200);
    expect((await page.patch(path(person), { version, title: 'B' })).status).toBe(409);
    kit.world.clock.resume();
  });

  it.each([
    [{ email: 'nonsense' }, 'email'],
    [{ displayName: '  ' }, 'displayName'],
    [{ roles: ['king'] }, 'roles'],
    [{ licenses: ['nothing'] }, 'licenses'],
    [{ title: 'x'.repeat(1025) }, 'title'],
    [{ loginEnabled: 'maybe' }, 'loginEnabled'],
    [{ version: 7 }, 'version'],
  ])('is refused where it is wrong: %j', async (body, field) => {
    const person = await kit.addPerson({ licenses: [] });
    const reply = await change(person, body);
    expect([reply.status, reply.text]).toEqual([400, expect.stringContaining(field)]);
  });

  it('takes no seat that is not there, also of two at once', async () => {
    const meetings = licenseIds['Meeting - Webex Meeting Center']!;
    const people = await Promise.all([1, 2, 3].map(() => kit.addPerson({ licenses: [] })));
    const replies = await Promise.all(people.map((person) => change(person, { licenses: [meetings] })));
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 200, 400]);
    expect(replies.find((reply) => reply.status === 400)!.body.message).toContain('no free seat of meetings');
    const email = 'seatless@acme.test';
    expect(
      (await page.post('/hub/api/users', { email, displayName: 'S', licenses: [meetings] })).status,
    ).toBe(400);
    const kept = people[replies.findIndex((reply) => reply.status === 200)]!;
    expect((await change(kept, { licenses: [meetings], title: 'Kept' })).status).toBe(200);
  });
});

describe('deactivation', () => {
  it('ends sessions and tokens with the next call, for good; a bot of theirs goes on (F63)', async () => {
    const person = await kit.addPerson({ licenses: [] });
    const bot = await kit.addBot('Loyal');
    const owned = { orgId: kit.orgId, ownerId: person.id, personId: bot.id };
    await kit.world.store.tx((tx) => addApp(kit.world, tx, { ...owned, kind: 'bot', name: 'Loyal' }));
    const portal = await kit.page(person, 'portal');
    const { token } = await kit.world.store.tx((tx) =>
      createSignInLink(kit.world, tx, { personId: person.id, orgId: kit.orgId, purpose: 'invitation' }),
    );
    expect((await person.api.get('/people/me')).status).toBe(200);
    const off = await change(person, { loginEnabled: false });
    expect(off.body).toMatchObject({
      status: 'inactive',
      ownershipWarning: expect.stringContaining('1 bot'),
    });
    expect((await person.api.get('/people/me')).status).toBe(401);
    expect((await portal.get('/idb/api/session')).status).toBe(401);
    expect((await bot.api.get('/people/me')).status).toBe(200);
    expect((await change(person, { loginEnabled: true })).body.status).toBe('active');
    expect((await person.api.get('/people/me')).status).toBe(401);
    expect((await kit.anonymous.post('/idb/api/sign-in-links/redeem', { token })).status).toBe(410);
    await page.delete(path(person));
    expect((await bot.api.get('/people/me')).status).toBe(200);
  });

  it('is not for oneself', async () => {
    const second = await adminOf(kit.orgId);
    const reply = await change(root, { loginEnabled: false });
    expect([reply.status, reply.body.message]).toEqual([
      403,
      expect.stringContaining('another administrator'),
    ]);
    await change(second, { roles: [] });
  });
});

describe('the last full administrator', () => {
  it('stays, whatever is tried, until there is another who can sign in', async () => {
    const org = await kit.addOrg('Solo');
    const solo = await adminOf(org);
    const helper = await adminOf(org, ['user_admin']);
    const demoted = await change(solo, { roles: ['user_admin'] }, solo.page);
    expect([demoted.status, demoted.body.message]).toEqual([
      400,
      expect.stringMatching(/last full administrator/),
    ]);
    expect((await helper.page.delete(path(solo))).status).toBe(403);
    const pending = { email: 'next@solo.test', displayName: 'Next', roles: ['full_admin'] };
    expect((await solo.page.post('/hub/api/users', pending)).status).toBe(200);
    expect((await change(solo, { roles: [] }, solo.page)).status).toBe(400);
    const second = await adminOf(org);
    expect((await change(solo, { roles: [] }, second.page)).status).toBe(200);
    expect((await change(second, { roles: [] }, second.page)).status).toBe(400);
  });

  it('is found also when two demote each other at once', async () => {
    const org = await kit.addOrg('Duel');
    const [one, two] = [await adminOf(org), await adminOf(org)];
    const [first, second] = [await versionOf(two, one.page), await versionOf(one, two.page)];
    const replies = await Promise.all([
      one.page.patch(path(two), { version: first, roles: [] }),
      two.page.patch(path(one), { version: second, roles: [] }),
    ]);
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
  });
});

describe('user administrators', () => {
  it('change people, but give no roles and leave those with privileged ones alone', async () => {
    const helper = await adminOf(kit.orgId, ['user_admin']);
    const person = await kit.addPerson({ licenses: [] });
    const officer = await kit.addPerson({ roles: ['compliance_officer'], licenses: [] });
    expect((await change(person, { title: 'Clerk', roles: [] }, helper.page)).status).toBe(200);
    for (const [target, body] of [
      [person, { roles: ['user_admin'] }],
      [officer, { email: 'mine@acme.test' }],
      [root, { loginEnabled: false }],
    ] as const)
      expect((await change(target, body, helper.page)).status).toBe(403);
  });
});
