import { type ApiClient, startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let page: ApiClient;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false, limits: { 'room.members': 7 } });
  page = await kit.page(await kit.addPerson(), 'portal');
});
afterAll(() => kit.close());

describe('reference pages of the portal', () => {
  it('list the limits with the values in force', async () => {
    const { items } = (await page.get('/portal/api/limits')).body;
    const find = (name: string) => items.find((item: { name: string }) => item.name === name);
    expect(find('room.members')).toMatchObject({ value: 7, usual: 5000, source: 'decided' });
    expect(find('token.active_per_account')).toMatchObject({
      value: 750,
      unit: 'tokens',
      source: 'documented',
    });
  });

  it('list the scopes in plain words with what they open and the own apps that register them', async () => {
    const form = {
      type: 'integration',
      name: 'CRM',
      redirectUris: ['https://crm.test/cb'],
      scopes: ['spark:rooms_read'],
    };
    await page.post('/portal/api/apps', form);
    const { items } = (await page.get('/portal/api/scopes')).body;
    const find = (scope: string) => items.find((item: { scope: string }) => item.scope === scope);
    expect(items.length).toBeGreaterThan(100);
    expect(find('spark:rooms_read')).toMatchObject({ grantor: 'user', apps: [{ name: 'CRM' }] });
    expect(find('spark:rooms_read').operations.map(({ id }: { id: string }) => id)).toContain('rooms.list');
    expect(find('spark-admin:people_write')).toMatchObject({ grantor: 'admin', apps: [] });
    expect(find('spark-compliance:rooms_read')).toMatchObject({ grantor: 'compliance' });
  });

  it('describe the public operations only', async () => {
    const { body } = await page.get('/portal/api/openapi.json');
    expect(body.openapi).toBe('3.0.3');
    const paths = Object.keys(body.paths);
    expect(paths).toContain('/v1/rooms');
    const ofPages = paths.filter((path) => /^\/(portal|hub|lab|idb\/api)\//.test(path));
    expect(ofPages).toEqual([]);
    expect(kit.world.resources.map(({ name }) => name)).toContain('sdk-devices');
    expect(paths.filter((path) => /^\/(u2c|wdm|metrics|logs|calliope)\/|^\/v1\/region/.test(path))).toEqual(
      [],
    );
    const { items } = (await page.get('/portal/api/operations')).body;
    const rooms = items.find(({ id }: { id: string }) => id === 'rooms.create');
    expect(rooms).toMatchObject({
      area: 'messaging',
      method: 'POST',
      path: '/v1/rooms',
      needsToken: true,
      grants: expect.arrayContaining([
        expect.objectContaining({ as: 'user', scopes: ['spark:rooms_write'] }),
      ]),
      openapi: { requestBody: expect.anything() },
    });
    const token = items.find(({ id }: { id: string }) => id === 'oauth.create_tokens');
    expect(token).toMatchObject({ plane: 'oauth', path: '/v1/access_token', needsToken: false });
    expect(items).toHaveLength(
      paths.reduce((count, path) => count + Object.keys(body.paths[path] as object).length, 0),
    );
  });

  it('ask for a session', async () => {
    for (const path of ['limits', 'scopes', 'openapi.json', 'operations'])
      expect((await kit.anonymous.get(`/portal/api/${path}`)).status).toBe(401);
  });
});
