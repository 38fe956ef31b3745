import type { RoleName } from '@moothall/contract';
import { roleOfWireId, roleWireId } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCOPES = ['spark:all', 'spark-admin:roles_read'];

let kit: TestPlatform;
let admin: TestPerson;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  admin = await kit.addPerson({ roles: ['full_admin'], scopes: SCOPES });
});
afterAll(() => kit.close());

describe('roles', () => {
  it('lists the roles by name, with ids that are the same in every world', async () => {
    const reply = await admin.api.get('/roles');
    expect(reply.status).toBe(200);
    expect(reply.body.items.map((role: { name: string }) => role.name)).toEqual([
      'Full Administrator',
      'Read-only Administrator',
      'User Administrator',
      'Device Administrator',
      'Compliance Officer',
      'Site Administrator',
      'Support Administrator',
    ]);
    const [first] = reply.body.items;
    expect(first.id).toBe(roleWireId('full_admin'));
    expect(Buffer.from(first.id, 'base64url').toString()).toMatch(
      /^ciscospark:\/\/us\/ROLE\/[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect((await admin.api.get(`/roles/${first.id}`)).body).toEqual(first);
    expect(roleOfWireId(first.id)).toBe('full_admin');
    expect(roleOfWireId('nonsense')).toBeUndefined();
  });

  it('knows no other role', async () => {
    expect((await admin.api.get(`/roles/${kit.world.ids.uuid()}`)).status).toBe(404);
    expect((await admin.api.get('/roles/full_admin')).body.message).toBe('Expect base64 ID or UUID.');
  });

  it.each<[string, RoleName[], number]>([
    ['a read-only admin', ['readonly_admin'], 200],
    ['a user admin', ['user_admin'], 200],
    ['a compliance officer', ['compliance_officer'], 403],
    ['a user', [], 403],
  ])('answers %s as their role allows (F24)', async (_who, roles, status) => {
    const person = await kit.addPerson({ roles, scopes: SCOPES });
    expect((await person.api.get('/roles')).status).toBe(status);
    expect((await person.api.get(`/roles/${roleWireId('user_admin')}`)).status).toBe(status);
  });

  it('refuses an admin without the scope, and a bot, with the same sentence (F25)', async () => {
    const scopeless = await kit.mint(admin, ['spark:all']);
    const bot = await kit.addBot();
    for (const api of [scopeless, bot.api])
      expect((await api.get('/roles')).body.message).toMatch(
        /^The server understood the request, but refused/,
      );
  });

  it('are explained on the pages of the hub', async () => {
    const page = await kit.page(admin, 'hub');
    const { body } = await page.get('/hub/api/roles');
    expect(body.items).toHaveLength(7);
    expect(body.items[0]).toMatchObject({
      key: 'full_admin',
      name: 'Full Administrator',
      may: expect.stringMatching(/^Everything/),
    });
    expect((await (await kit.page(await kit.addPerson(), 'hub')).get('/hub/api/roles')).status).toBe(403);
  });
});
