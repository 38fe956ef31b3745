import { encodeWireId } from '@moothall/core';
import { createFirstOrganization } from '@moothall/platform';
import { apiClient, startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
const request = { displayName: 'Globex', domain: 'Globex.test', adminEmail: 'Hank@globex.test' };

beforeAll(async () => {
  kit = await startTestPlatform();
});
afterAll(() => kit.close());

describe('the first organisation', () => {
  it('has an administrator whose token works on a running server, for 12 hours of its clock', async () => {
    kit.world.clock.freeze();
    const created = await createFirstOrganization(kit.world, request);
    expect(created.expiresAt.getTime() - kit.world.clock.nowMs()).toBe(12 * 3_600_000);
    const api = apiClient(kit.baseUrl, created.token);
    const list = await api.get('/organizations');
    expect(list.body.items).toMatchObject([
      { id: encodeWireId('ORGANIZATION', created.orgId), displayName: 'Globex' },
    ]);
    expect((await api.get('/licenses')).body.items).toHaveLength(3);
    expect((await api.post('/rooms', { title: 'First' })).status).toBe(200);
    const resources = (await kit.events()).map(({ resource, event }) => `${resource}:${event}`);
    expect(resources).toEqual(
      expect.arrayContaining(['organizations:created', 'people:created', 'tokens:created']),
    );
    kit.world.clock.advance(12 * 3_600_000);
    expect((await api.get('/rooms')).status).toBe(401);
  });

  it('is refused where its domain or address is taken, and leaves nothing then', async () => {
    await expect(
      createFirstOrganization(kit.world, { ...request, adminEmail: 'other@globex.test' }),
    ).rejects.toThrow("domain: an organisation has 'globex.test' already");
    const other = { ...request, domain: 'other.test', adminEmail: 'HANK@globex.test' };
    await expect(createFirstOrganization(kit.world, other)).rejects.toThrow(
      "an active person has the address 'HANK@globex.test' already",
    );
    const { rows } = await kit.world.store.pool.query("select 1 from org where 'other.test' = any(domains)");
    expect(rows).toEqual([]);
  });

  it.each([
    ['displayName', ' ', /^name:/],
    ['domain', 'no domain', /^domain:/],
    ['domain', '', /^domain:/],
    ['adminEmail', 'hank', /^adminEmail:/],
    ['adminEmail', 'hank@glo bex.test', /^adminEmail:/],
    ['displayName', 'a\0b', /^name:/],
  ])('names what is wrong with %s %j', async (field, value, message) => {
    await expect(createFirstOrganization(kit.world, { ...request, [field]: value })).rejects.toThrow(message);
  });

  it('gives a domain to one of two that are made at once', async () => {
    const made = await Promise.allSettled(
      ['a', 'b'].map((name) =>
        createFirstOrganization(kit.world, {
          displayName: name,
          domain: 'race.test',
          adminEmail: `${name}@race.test`,
        }),
      ),
    );
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
