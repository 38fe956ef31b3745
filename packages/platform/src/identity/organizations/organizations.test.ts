import type { RoleName } from '@moothall/contract';
import { encodeWireId } from '@moothall/core';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCOPES = ['spark:all', 'spark-admin:organizations_read'];

let kit: TestPlatform;
let admin: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  admin = await kit.addPerson({ roles: ['full_admin'], scopes: SCOPES });
  const org = await kit.addOrg('Globex');
  other = await kit.addPerson({ org, roles: ['full_admin'], scopes: SCOPES });
});
afterAll(() => kit.close());

describe('organizations', () => {
  it('shows an admin their own organisation, and it alone', async () => {
    const own = { id: encodeWireId('ORGANIZATION', kit.orgId), displayName: 'Acme' };
    const list = await admin.api.get('/organizations');
    expect(list.body).toEqual({ items: [{ ...own, created: expect.stringMatching(/Z$/) }] });
    expect((await admin.api.get(`/organizations/${own.id}`)).body).toEqual(list.body.items[0]);
    expect((await other.api.get('/organizations')).body.items).toMatchObject([{ displayName: 'Globex' }]);
    const foreign = await other.api.get(`/organizations/${own.id}`);
    const absent = await other.api.get(`/organizations/${kit.world.ids.uuid()}`);
    expect([foreign.status, foreign.body.message]).toEqual([404, absent.body.message]);
  });

  it.each<[string, RoleName[], number]>([
    ['a read-only admin', ['readonly_admin'], 200],
    ['a user admin', ['user_admin'], 200],
    ['a compliance officer', ['compliance_officer'], 403],
    ['a user', [], 403],
  ])('answers %s as their role allows (F24)', async (_who, roles, status) => {
    const person = await kit.addPerson({ roles, scopes: SCOPES });
    expect((await person.api.get('/organizations')).status).toBe(status);
  });
});
