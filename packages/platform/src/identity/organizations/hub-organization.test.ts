import { type ApiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PATH = '/hub/api/organization';

let kit: TestPlatform;
let root: TestPerson;
let page: ApiClient;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  root = await kit.addPerson({ roles: ['full_admin'] });
  page = await kit.page(root, 'hub');
});
afterAll(() => kit.close());

describe('the organisation on the pages of the hub', () => {
  it('is shown with its settings to administrators', async () => {
    expect((await page.get(PATH)).body).toMatchObject({
      displayName: 'Acme',
      profile: 'standard',
      isSandbox: false,
      domains: [],
      sharesPresence: true,
      supportContact: 'support@moothall.test',
    });
    const user = await kit.page(await kit.addPerson(), 'hub');
    expect((await user.get(PATH)).status).toBe(403);
  });

  it('changes what is named, once for each version, and is audited', async () => {
    const { version } = (await page.get(PATH)).body;
    const replies = await Promise.all(
      ['Acme One', 'Acme Two'].map((displayName) => page.put(PATH, { version, displayName })),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
    const now = (await page.get(PATH)).body;
    const named = await page.put(PATH, {
      version: now.version,
      displayName: 'Acme',
      domains: ['evil.test'],
      profile: 'gov',
    });
    expect(named.body).toMatchObject({ displayName: 'Acme', domains: [], profile: 'standard' });
    const audit = (await kit.events()).filter(({ resource }) => resource === 'audit').at(-1);
    expect(audit).toMatchObject({ actor_id: root.id, data: { category: 'ORGANIZATION_UPDATED' } });
    expect((await page.put(PATH, { version: named.body.version, displayName: ' ' })).status).toBe(400);
  });

  it('shows no presence at all where it is not shared (F37)', async () => {
    const ada = await kit.addPerson();
    await ada.api.get('/people/me');
    const view = async () => (await root.api.get(`/people/${ada.wireId}`)).body;
    expect((await view()).status).toBe('active');
    const { version } = (await page.get(PATH)).body;
    await page.put(PATH, { version, sharesPresence: false });
    for (const key of ['status', 'lastActivity']) expect(await view()).not.toHaveProperty(key);
  });

  it.each(['user_admin', 'readonly_admin'] as const)('is not changed by who is %s', async (role) => {
    const api = await kit.page(await kit.addPerson({ roles: [role] }), 'hub');
    const { version } = (await api.get(PATH)).body;
    expect((await api.put(PATH, { version, displayName: 'Mine' })).status).toBe(403);
  });
});
