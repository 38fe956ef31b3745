import type { RoleName } from '@moothall/contract';
import { encodeWireId } from '@moothall/core';
import { addLicense, defaultLicenses, roleWireId } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ADMIN = ['spark:all', 'spark-admin:people_read'];
const ADMIN_KEYS = ['roles', 'licenses', 'siteUrls', 'invitePending', 'loginEnabled', 'extension'];

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let root: TestPerson;
let stranger: TestPerson;
let otherRoot: TestPerson;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  await kit.world.store.tx(async (tx) => {
    for (const license of defaultLicenses(kit.orgId)) await addLicense(kit.world, tx, license);
  });
  ada = await kit.addPerson({ name: 'Ada Adler', email: 'Ada@Acme.test' });
  ben = await kit.addPerson({ name: 'Ben Brook' });
  root = await kit.addPerson({ name: 'Root', roles: ['full_admin'], scopes: ADMIN });
  const profile = JSON.stringify({
    firstName: 'Ben',
    title: 'GM',
    extension: '133',
    siteUrls: ['a.test#attendee'],
  });
  await kit.world.store.pool.query('update person set profile = $2 where id = $1', [ben.id, profile]);
  const org = await kit.addOrg('Globex');
  stranger = await kit.addPerson({ org, name: 'Ada Stranger' });
  otherRoot = await kit.addPerson({ org, roles: ['full_admin'], scopes: ADMIN });
});
afterAll(() => kit.close());

const names = (body: { items: { displayName: string }[] }) => body.items.map((item) => item.displayName);

describe('GET /people/me', () => {
  it('answers people, bots and guests', async () => {
    const me = await ada.api.get('/people/me');
    expect(me.status).toBe(200);
    expect(me.body).toEqual({
      id: ada.wireId,
      emails: ['Ada@Acme.test'],
      displayName: 'Ada Adler',
      orgId: encodeWireId('ORGANIZATION', kit.orgId),
      created: expect.stringMatching(/\.\d{3}Z$/),
      lastModified: expect.stringMatching(/\.\d{3}Z$/),
      lastActivity: expect.stringMatching(/\.\d{3}Z$/),
      status: 'active',
      type: 'person',
    });
    const bot = (await (await kit.addBot()).api.get('/people/me')).body;
    expect(bot).toMatchObject({ type: 'bot', displayName: 'Echo' });
    expect(bot).not.toHaveProperty('status');
  });

  it('shows an admin their own roles and licences', async () => {
    const { body } = await root.api.get('/people/me');
    expect(body.roles).toEqual([roleWireId('full_admin')]);
    expect(body.licenses).toHaveLength(2);
  });

  it('asks for a scope that reads people (F25)', async () => {
    const api = await kit.mint(ada, ['spark:rooms_read']);
    const reply = await api.get('/people/me');
    expect(reply.status).toBe(403);
    expect(reply.body).toEqual({
      message: expect.stringMatching(/^The server understood the request, but refused to fulfill it/),
      errors: [{ description: reply.body.message }],
      trackingId: reply.headers.get('trackingid'),
    });
  });
});

describe('GET /people/{personId}', () => {
  it('shows colleagues details, and only admins of the organisation what is assigned', async () => {
    const asUser = (await ada.api.get(`/people/${ben.wireId}`)).body;
    expect(asUser).toMatchObject({ firstName: 'Ben', title: 'GM' });
    for (const key of ADMIN_KEYS) expect(asUser).not.toHaveProperty(key);
    const asAdmin = (await root.api.get(`/people/${ben.id}/`)).body;
    expect(asAdmin).toMatchObject({
      roles: [],
      siteUrls: ['a.test#attendee'],
      invitePending: false,
      loginEnabled: true,
      extension: '133',
    });
    expect(asAdmin.licenses).toHaveLength(2);
  });

  it('shows people of other organisations without details and presence, to their admins too (F37)', async () => {
    for (const viewer of [stranger, otherRoot]) {
      const { status, body } = await viewer.api.get(`/people/${ben.wireId}`);
      expect(status).toBe(200);
      expect(body).toEqual({
        id: ben.wireId,
        emails: [ben.email],
        displayName: 'Ben Brook',
        firstName: 'Ben',
        orgId: encodeWireId('ORGANIZATION', kit.orgId),
        created: expect.any(String),
        type: 'person',
      });
    }
    const adminOnly = await kit.mint(otherRoot, ['spark-admin:people_read']);
    expect((await adminOnly.get(`/people/${ben.wireId}`)).status).toBe(404);
  });

  it('refuses what is no person', async () => {
    expect((await ada.api.get(`/people/${kit.world.ids.uuid()}`)).status).toBe(404);
    expect((await ada.api.get('/people/nobody')).body.message).toBe('Expect base64 ID or UUID.');
    expect((await ada.api.get(`/people/${'x'.repeat(5000)}`)).status).toBe(400);
    const room = encodeWireId('ROOM', ada.id);
    expect((await ada.api.get(`/people/${room}`)).status).toBe(400);
  });
});

describe('GET /people', () => {
  it('asks everybody but admins whom they look for', async () => {
    const bot = await kit.addBot('Lister');
    for (const api of [ada.api, stranger.api, bot.api]) {
      expect((await api.get('/people')).status).toBe(400);
      expect((await api.get('/people?displayName=&id=')).status).toBe(400);
    }
    const all = await root.api.get('/people/?showAllTypes=false');
    expect(all.status).toBe(200);
    expect(names(all.body)).toEqual(expect.arrayContaining(['Ada Adler', 'Ben Brook', 'Root']));
    expect(names(all.body)).not.toContain('Ada Stranger');
    expect(all.body.items[0]).toHaveProperty('licenses');
  });

  it.each<[string, RoleName[], number]>([
    ['a read-only admin', ['readonly_admin'], 200],
    ['a user admin', ['user_admin'], 200],
    ['a compliance officer', ['compliance_officer'], 400],
  ])('lets %s list as their role allows', async (_who, roles, status) => {
    const person = await kit.addPerson({ roles, scopes: ADMIN });
    expect((await person.api.get('/people')).status).toBe(status);
  });

  it('finds by address in any case and by the beginning of the name, in the own organisation only', async () => {
    expect(names((await ben.api.get('/people?email=ADA%40acme.test')).body)).toEqual(['Ada Adler']);
    expect((await stranger.api.get('/people?email=ada@acme.test')).body.items).toEqual([]);
    expect(names((await ben.api.get('/people?displayName=aDA')).body)).toEqual(['Ada Adler']);
    expect(names((await stranger.api.get('/people?displayName=ada')).body)).toEqual(['Ada Stranger']);
    expect((await ben.api.get('/people?displayName=%25')).body.items).toEqual([]);
    expect((await ben.api.get('/people?email=nonsense')).status).toBe(400);
  });

  it('leaves presence out when asked to', async () => {
    const query = '/people?email=ada@acme.test';
    expect((await ben.api.get(query)).body.items[0]).toHaveProperty('status');
    const without = (await ben.api.get(`${query}&excludeStatus=True`)).body.items[0];
    expect(without).not.toHaveProperty('status');
    expect(without).not.toHaveProperty('lastActivity');
  });

  it('filters by roles for admins only (F24)', async () => {
    const role = roleWireId('full_admin');
    expect(names((await root.api.get(`/people?roles=${role}`)).body)).toEqual(['Root']);
    expect((await ada.api.get(`/people?displayName=r&roles=${role}`)).status).toBe(403);
    expect((await root.api.get('/people?roles=king')).status).toBe(400);
  });

  it('takes the own organisation only', async () => {
    const own = encodeWireId('ORGANIZATION', kit.orgId);
    expect((await root.api.get(`/people?orgId=${own}`)).status).toBe(200);
    for (const api of [otherRoot.api, stranger.api])
      expect((await api.get(`/people?displayName=a&orgId=${own}`)).status).toBe(404);
  });

  it('makes pages smaller with a place or calling data', async () => {
    const org = await kit.addOrg('Crowd');
    const head = await kit.addPerson({ org, roles: ['full_admin'], scopes: ADMIN });
    const place = encodeWireId('LOCATION', kit.orgId);
    await kit.world.store.pool.query(
      `insert into person select (json_populate_record(p, json_build_object('id', gen_random_uuid(),
         'email', 'crowd' || n || '@crowd.test', 'profile', json_build_object('locationId', $2::text)))).*
       from person p, generate_series(1, 120) n where p.id = $1`,
      [head.id, place],
    );
    const sizeOf = async (query: string) =>
      (await head.api.get(`/people?max=1000&${query}`)).body.items.length;
    expect(await sizeOf('callingData=False')).toBe(121);
    expect(await sizeOf('callingData=True')).toBe(100);
    expect(await sizeOf(`locationId=${place}&callingData=true`)).toBe(50);
  });

  it('pages by name with one link', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/people?max=3&excludeStatus=true';
    while (path) {
      const reply = await root.api.get(path);
      expect(reply.body.items.length).toBeGreaterThan(0);
      seen.push(...names(reply.body));
      path = /^<([^>]+)>; rel="next"$/.exec(reply.headers.get('link') ?? '')?.[1]?.slice(kit.baseUrl.length);
      if (path) expect(path).toContain('excludeStatus=true');
    }
    const all = names((await root.api.get('/people')).body);
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBeGreaterThan(4);
    expect((await root.api.get('/people?cursor=nonsense')).status).toBe(400);
    expect((await root.api.get('/people?max=0')).status).toBe(400);
  });
});

describe('GET /people?id=', () => {
  it('answers in the order asked, of all organisations, without presence or what admins see', async () => {
    const absent = encodeWireId('PEOPLE', kit.world.ids.uuid());
    const ids = [stranger.wireId, absent, ben.wireId, ada.id, ben.wireId, 'nonsense'];
    for (const api of [ada.api, root.api]) {
      const { body } = await api.get(`/people/?id=${ids.join(',')}&showAllTypes=false`);
      expect(body.items.map((item: { id: string }) => item.id)).toEqual([
        stranger.wireId,
        ben.wireId,
        ada.wireId,
      ]);
      expect(body.notFoundIds).toEqual([absent, 'nonsense']);
      for (const key of [...ADMIN_KEYS, 'status', 'lastActivity'])
        for (const item of body.items) expect(item).not.toHaveProperty(key);
    }
    const repeated = await ada.api.get(`/people?id=${ada.wireId}&id=${ben.wireId}`);
    expect(repeated.body).toMatchObject({ items: [{ id: ada.wireId }, { id: ben.wireId }], notFoundIds: [] });
  });

  it('takes 85 ids and not one more', async () => {
    const ids = Array.from({ length: 86 }, () => kit.world.ids.uuid());
    const most = await ada.api.get(`/people?id=${ids.slice(1).join(',')}`);
    expect(most.body.notFoundIds).toHaveLength(85);
    expect((await ada.api.get(`/people?id=${ids.join(',')}`)).body.message).toContain('at most 85');
  });
});
