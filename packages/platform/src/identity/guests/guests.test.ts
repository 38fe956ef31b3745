import { apiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addIssuer, guestJwt } from './test-issuer.ts';

const SCOPES = ['spark:all', 'guest-issuer:read', 'guest-issuer:write', 'spark-admin:people_read'];
const MANY = 2000;
const AT_ONCE = 24;

let kit: TestPlatform;
let admin: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform();
  admin = await kit.addPerson({ roles: ['full_admin'], scopes: SCOPES, name: 'Ada' });
});
afterAll(() => kit.close());

async function newGuest(subject: string, displayName = 'Gus Guest') {
  const { status, body } = await admin.api.post('/guests/token', { subject, displayName });
  expect(status).toBe(200);
  return { ...body, api: apiClient(kit.baseUrl, body.accessToken) };
}

async function count(api = admin.api): Promise<number> {
  const reply = await api.get('/guests/count');
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/plain;charset=UTF-8']);
  return Number(reply.text);
}

describe('the guest management API', () => {
  it('creates a guest with a token', async () => {
    const { api, ...body } = await newGuest('PersonNo#1', 'Person of Interest');
    expect(body).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]+$/),
      subject: 'PersonNo#1',
      displayName: 'Person of Interest',
      email: expect.stringMatching(/^[0-9a-f-]{36}@appid\.ciscospark\.com$/),
      accessToken: expect.any(String),
      expiresIn: 64_799,
    });
    const me = await api.get('/people/me');
    expect(me.body).toMatchObject({ id: body.id, type: 'appuser', emails: [body.email] });
  });

  it('F14: knows a subject again, renames it, and keeps earlier tokens alive', async () => {
    const first = await newGuest('again', 'One');
    const second = await newGuest('again', 'Two');
    expect([second.id, second.email, second.displayName]).toEqual([first.id, first.email, 'Two']);
    expect(second.accessToken).not.toBe(first.accessToken);
    expect((await first.api.get('/people/me')).body.displayName).toBe('Two');
  });

  it('says which field is wrong', async () => {
    for (const body of [
      {},
      { subject: 'a' },
      { subject: '', displayName: 'B' },
      { subject: ' ', displayName: 'B' },
    ]) {
      const reply = await admin.api.post('/guests/token', body);
      expect([reply.status, reply.body.message]).toEqual([
        400,
        expect.stringMatching(/^(subject|displayName): /),
      ]);
    }
    const long = { subject: 'a'.repeat(257), displayName: 'B' };
    expect((await admin.api.post('/guests/token', long)).status).toBe(400);
    expect((await admin.api.post('/guests/token', { subject: 'a\0', displayName: 'B' })).status).toBe(400);
    expect((await admin.api.post('/guests/token', { subject: 5, displayName: 'B' })).status).toBe(400);
  });

  it('asks for the scope and for an administrator', async () => {
    const body = { subject: 'nobody', displayName: 'Nobody' };
    const reader = await kit.mint(admin, ['guest-issuer:read']);
    expect((await reader.post('/guests/token', body)).status).toBe(403);
    expect(await count(reader)).toBeGreaterThan(0);
    expect(await count(await kit.mint(admin, ['guest-issuer:write']))).toBeGreaterThan(0);
    const user = await kit.addPerson({ scopes: SCOPES });
    expect((await user.api.post('/guests/token', body)).status).toBe(403);
    expect((await user.api.get('/guests/count')).status).toBe(403);
    const plain = await kit.mint(admin, ['spark:all']);
    expect((await plain.get('/guests/count')).status).toBe(403);
    expect((await kit.anonymous.get('/guests/count')).status).toBe(401);
  });

  it('keeps guests of organisations apart', async () => {
    const org = await kit.addOrg('Globex');
    const other = await kit.addPerson({ org, roles: ['full_admin'], scopes: SCOPES });
    expect(await count(other.api)).toBe(0);
    const { body } = await other.api.post('/guests/token', { subject: 'again', displayName: 'Two' });
    expect(body.id).not.toBe((await newGuest('again', 'Two')).id);
    expect(await count(other.api)).toBe(1);
  });

  it('does not take an address of a guest for an invitation', async () => {
    const room = await admin.api.post('/rooms', { title: 'Desk' });
    const personEmail = '1ad14c30-59a6-31a7-b345-963e3d167e10@appid.ciscospark.com';
    const reply = await admin.api.post('/memberships', { roomId: room.body.id, personEmail });
    expect(reply.status).toBe(404);
  });
});

describe('a guest', () => {
  it('takes part where they were invited', async () => {
    const guest = await newGuest('participant');
    const room = (await admin.api.post('/rooms', { title: 'Help desk' })).body;
    expect((await guest.api.get(`/rooms/${room.id}`)).status).toBe(404);
    const added = await admin.api.post('/memberships', { roomId: room.id, personEmail: guest.email });
    expect([added.status, added.body.personId]).toEqual([200, guest.id]);
    expect((await guest.api.get(`/rooms/${room.id}`)).body.title).toBe('Help desk');
    const posted = await guest.api.post('/messages', { roomId: room.id, text: 'Is anybody there?' });
    expect(posted.body).toMatchObject({ personId: guest.id, personEmail: guest.email });
    await admin.api.post('/messages', { roomId: room.id, text: 'I am.' });
    const { body } = await guest.api.get(`/messages?roomId=${room.id}`);
    expect(body.items.map((item: { text: string }) => item.text)).toEqual(['I am.', 'Is anybody there?']);
    const direct = await guest.api.post('/messages', { toPersonEmail: admin.email, text: 'Thank you' });
    expect(direct.body).toMatchObject({ roomType: 'direct' });
    expect((await guest.api.delete(`/memberships/${added.body.id}`)).status).toBe(204);
    expect((await guest.api.get(`/rooms/${room.id}`)).status).toBe(404);
  });

  it('is a stranger in the organisation', async () => {
    const guest = await newGuest('stranger');
    expect((await guest.api.get('/people?displayName=Ada')).status).toBe(403);
    expect((await guest.api.get(`/people?email=${admin.email}`)).status).toBe(403);
    const seen = (await guest.api.get(`/people?id=${admin.wireId}`)).body.items[0];
    expect(seen).toMatchObject({ displayName: 'Ada' });
    for (const known of [seen, (await guest.api.get(`/people/${admin.wireId}`)).body])
      expect(known).not.toHaveProperty('lastModified');
    const fields = { title: 'Open', isPublic: true, description: 'Open to all of us' };
    const open = (await admin.api.post('/rooms', fields)).body;
    expect((await guest.api.get(`/rooms/${open.id}`)).status).toBe(404);
    expect((await guest.api.get('/rooms?orgPublicSpaces=true')).status).toBe(403);
    const join = { roomId: open.id, personId: guest.id };
    expect((await guest.api.post('/memberships', join)).status).toBe(404);
    expect((await guest.api.post('/rooms', { title: 'Mine' })).status).toBe(403);
    expect((await guest.api.get('/licenses')).status).toBe(403);
    expect((await guest.api.post('/guests/token', { subject: 'a', displayName: 'B' })).status).toBe(403);
  });

  it('invites nobody by mail', async () => {
    const guest = await newGuest('spammer');
    const reply = await guest.api.post('/messages', { toPersonEmail: 'new@elsewhere.test', text: 'Buy!' });
    expect(reply.status).toBe(404);
  });

  it('is in no list of people, but is found by address', async () => {
    const guest = await newGuest('listed', 'Zed the guest');
    const names = (await admin.api.get('/people?max=1000')).body.items.map(
      (item: { displayName: string }) => item.displayName,
    );
    expect(names).toContain('Ada');
    expect(names).not.toContain('Zed the guest');
    const found = await admin.api.get(`/people?email=${guest.email}`);
    expect(found.body.items).toEqual([expect.objectContaining({ id: guest.id })]);
  });
});

describe('the number of guests', () => {
  it('F13: has no limit, and is told', async () => {
    const desk = await addIssuer(kit);
    const before = await count();
    const jwts = await Promise.all(
      Array.from({ length: MANY }, (_, index) => guestJwt(kit, desk, { sub: `visitor-${index}` })),
    );
    const statuses = new Set<number>();
    const next = jwts.values();
    const worker = async () => {
      for (const authorization of next)
        statuses.add((await kit.anonymous.post('/jwt/login', undefined, { authorization })).status);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect([...statuses]).toEqual([200]);
    expect(await count()).toBe(before + MANY);
  }, 120_000);
});
