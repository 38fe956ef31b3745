import type { RoleName } from '@moothall/contract';
import { encodeWireId } from '@moothall/core';
import { addLicense, defaultLicenses } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCOPES = ['spark:all', 'spark-admin:licenses_read'];

let kit: TestPlatform;
let admin: TestPerson;
let other: TestPerson;

async function addDefaults(orgId: TestPlatform['orgId'], siteUrl?: string): Promise<void> {
  await kit.world.store.tx(async (tx) => {
    for (const license of defaultLicenses(orgId, siteUrl)) await addLicense(kit.world, tx, license);
  });
}

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  await addDefaults(kit.orgId, 'acme.meet.test');
  admin = await kit.addPerson({ roles: ['full_admin'], scopes: SCOPES, licenses: ['messaging'] });
  await kit.addPerson({ licenses: ['messaging', 'meetings'] });
  const org = await kit.addOrg('Globex');
  await addDefaults(org);
  other = await kit.addPerson({ org, roles: ['full_admin'], scopes: SCOPES, licenses: ['meetings'] });
});
afterAll(() => kit.close());

describe('licenses', () => {
  it('counts who holds them, and names the site of meetings', async () => {
    const { body } = await admin.api.get('/licenses');
    const units = { totalUnits: 1000, consumedByUsers: expect.any(Number) };
    const id = expect.any(String);
    expect(body.items).toEqual([
      { ...units, id, name: 'Advanced Messaging', consumedUnits: 0 },
      {
        ...units,
        id,
        name: 'Meeting - Webex Meeting Center',
        consumedUnits: 1,
        siteUrl: 'acme.meet.test',
        siteType: 'Control Hub managed site',
      },
      { ...units, id, name: 'Messaging', consumedUnits: 2 },
    ]);
    const messaging = body.items[2];
    expect(Buffer.from(messaging.id, 'base64url').toString()).toMatch(
      new RegExp(`^ciscospark://us/LICENSE/${kit.orgId}:MS_[0-9a-f-]{36}$`),
    );
    expect((await admin.api.get(`/licenses/${messaging.id}`)).body).toEqual(messaging);
    const own = await admin.api.get(`/licenses?orgId=${encodeWireId('ORGANIZATION', kit.orgId)}`);
    expect(own.body).toEqual(body);
  });

  it('are the same on the pages of the hub', async () => {
    const page = await kit.page(admin, 'hub');
    expect((await page.get('/hub/api/licenses')).body).toEqual((await admin.api.get('/licenses')).body);
  });

  it('names who holds them, page by page, to those who ask', async () => {
    const { body } = await admin.api.get('/licenses');
    const path = `/licenses/${body.items[2].id}?includeAssignedTo=user`;
    const all = await admin.api.get(`${path}&limit=1000`);
    expect([all.status, all.headers.get('link')]).toEqual([200, null]);
    const { users, ...license } = all.body;
    expect(license).toEqual(body.items[2]);
    expect(users).toContainEqual({
      id: admin.wireId,
      type: 'INTERNAL',
      displayName: admin.displayName,
      email: admin.email,
    });
    const first = await admin.api.get(`${path}&limit=1`);
    expect(first.body.users).toEqual([users[0]]);
    const link = /^<([^>;]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')![1]!;
    const second = await admin.api.get(link.slice(kit.baseUrl.length));
    expect([second.body.users, second.headers.get('link')]).toEqual([[users[1]], null]);
    expect((await admin.api.get(`/licenses/${body.items[0].id}?includeAssignedTo=user`)).body.users).toEqual(
      [],
    );
    expect((await admin.api.get(`${path}&next=nobody`)).body.message).toBe('Expect base64 ID or UUID.');
    expect((await admin.api.get(`${path.slice(0, -4)}device`)).status).toBe(400);
    expect((await other.api.get(path)).status).toBe(404);
  });

  it("hides other organisations' licences", async () => {
    const { body } = await admin.api.get('/licenses');
    expect((await other.api.get(`/licenses/${body.items[0].id}`)).status).toBe(404);
    const asked = await other.api.get(`/licenses?orgId=${encodeWireId('ORGANIZATION', kit.orgId)}`);
    expect(asked.status).toBe(404);
    expect((await other.api.get('/licenses')).body.items[1]).not.toHaveProperty('siteUrl');
  });

  it('refuses texts that are no ids', async () => {
    for (const id of ['nonsense', encodeWireId('ROOM', kit.orgId), `${kit.orgId}:MS_nothing`])
      expect((await admin.api.get(`/licenses/${id}`)).body.message).toBe('Expect base64 ID or UUID.');
  });

  it.each<[string, RoleName[], number]>([
    ['a read-only admin', ['readonly_admin'], 200],
    ['a user admin', ['user_admin'], 200],
    ['a compliance officer', ['compliance_officer'], 403],
    ['a user', [], 403],
  ])('answers %s as their role allows (F24)', async (_who, roles, status) => {
    const person = await kit.addPerson({ roles, scopes: SCOPES, licenses: [] });
    expect((await person.api.get('/licenses')).status).toBe(status);
  });
});
