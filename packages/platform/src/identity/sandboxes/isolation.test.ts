import type { Uuid } from '@moothall/core';
import { addPerson, mintToken } from '@moothall/platform';
import { type ApiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ADMIN = [
  'spark:all',
  'spark-admin:people_read',
  'spark-admin:people_write',
  'spark-admin:licenses_read',
];

let kit: TestPlatform;
let outside: TestPerson;
let inside: TestPerson;
let roomId: string;
let hub: ApiClient;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  outside = await kit.addPerson({
    roles: ['full_admin', 'compliance_officer'],
    scopes: [
      ...ADMIN,
      'spark-compliance:rooms_read',
      'spark-compliance:messages_read',
      'spark-compliance:memberships_read',
    ],
  });
  hub = await kit.page(outside, 'hub');
  const developer = await kit.page(await kit.addPerson(), 'portal');
  const { body } = await developer.post('/portal/api/sandboxes', { termsVersion: '2026-11' });
  const { rows } = await kit.world.store.pool.query<{ org_id: Uuid }>(
    'select org_id from sandbox where id = $1',
    [body.id],
  );
  inside = await kit.addPerson({
    org: rows[0]!.org_id,
    name: 'Insider',
    roles: ['full_admin'],
    scopes: ADMIN,
  });
  roomId = (await inside.api.post('/rooms', { title: 'Secret' })).body.id;
  await inside.api.post('/messages', { roomId, text: 'secret' });
});
afterAll(() => kit.close());

describe('what is in a sandbox (F77)', () => {
  it.each<[string, (from: TestPerson, to: TestPerson) => Promise<{ status: number; text: string }>, number]>([
    ['a person', (from, to) => from.api.get(`/people/${to.wireId}`), 404],
    [
      'a member by id',
      async (from, to) => {
        const { id } = (await from.api.post('/rooms', { title: 'Mine' })).body;
        return from.api.post('/memberships', { roomId: id, personId: to.wireId });
      },
      404,
    ],
    [
      'a member by address',
      async (from, to) => {
        const { id } = (await from.api.post('/rooms', { title: 'Mine' })).body;
        return from.api.post('/memberships', { roomId: id, personEmail: to.email });
      },
      404,
    ],
    ['a message by id', (from, to) => from.api.post('/messages', { toPersonId: to.wireId, text: 'x' }), 404],
    [
      'a message by address',
      (from, to) => from.api.post('/messages', { toPersonEmail: to.email, text: 'x' }),
      404,
    ],
    [
      'a page of the hub',
      async (from, to) => {
        const page = await kit.page(from, 'hub');
        return page.get(`/hub/api/users/${to.wireId}`);
      },
      404,
    ],
    ['a deletion', (from, to) => from.api.delete(`/people/${to.wireId}`), 404],
  ])('is not reached from outside, nor the outside from within: %s', async (_what, reach, status) => {
    for (const reply of [await reach(outside, inside), await reach(inside, outside)]) {
      expect(reply.status).toBe(status);
      expect(reply.text).not.toContain('Insider');
    }
  });

  it('is in no list and no lookup', async () => {
    const lookup = (await outside.api.get(`/people?id=${inside.wireId},${outside.wireId}`)).body;
    expect(lookup.notFoundIds).toEqual([inside.wireId]);
    expect(lookup.items).toHaveLength(1);
    for (const path of [`/people?email=${inside.email}`, '/people?displayName=Insider', '/people'])
      expect((await outside.api.get(path)).text).not.toContain(inside.wireId);
    expect((await hub.get('/hub/api/users?q=insider')).body.items).toEqual([]);
    expect((await outside.api.get('/rooms')).text).not.toContain(roomId);
  });

  it('is closed to officers and administrators of other organisations', async () => {
    for (const path of [`/rooms/${roomId}`, `/memberships?roomId=${roomId}`, `/messages?roomId=${roomId}`])
      expect((await outside.api.get(path)).status).toBe(404);
    const { body } = await inside.api.get('/licenses');
    expect((await outside.api.get(`/licenses/${body.items[0].id}`)).status).toBe(404);
  });

  it('nobody from outside gives it people by its mail domain', async () => {
    const domain = inside.email.split('@')[1];
    expect(domain).toBe('acme.test');
    const { rows } = await kit.world.store.pool.query<{ domain: string }>('select domain from sandbox');
    const { id } = (await outside.api.post('/rooms', { title: 'Mine' })).body;
    const personEmail = `new@${rows[0]!.domain}`;
    expect((await outside.api.post('/memberships', { roomId: id, personEmail })).status).toBe(404);
    const own = (await inside.api.post('/memberships', { roomId, personEmail })).body;
    expect(own.personOrgId).toBe((await inside.api.get('/people/me')).body.orgId);
  });

  it('a bot of it stays in it', async () => {
    const bot = await kit.world.store.tx(async (tx) => {
      const email = `caged@${kit.world.config.botDomain}`;
      const id = await addPerson(kit.world, tx, {
        orgId: inside.orgId,
        type: 'bot',
        email,
        displayName: 'Caged',
      });
      await mintToken(kit.world, tx, { personId: id, orgId: inside.orgId, scopes: [] });
      return email;
    });
    const { id } = (await outside.api.post('/rooms', { title: 'Mine' })).body;
    expect((await outside.api.post('/memberships', { roomId: id, personEmail: bot })).status).toBe(404);
    expect((await inside.api.post('/memberships', { roomId, personEmail: bot })).status).toBe(200);
  });
});
