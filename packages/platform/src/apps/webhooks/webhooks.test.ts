import { encodeWireId } from '@moothall/core';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
});
afterAll(() => kit.close());

const hook = {
  name: 'All of it',
  targetUrl: 'https://bot.example/hook',
  resource: 'rooms',
  event: 'created',
};

async function refusal(person: TestPerson, change: Record<string, unknown>): Promise<[number, string]> {
  const { status, body } = await person.api.post('/webhooks', { ...hook, ...change });
  return [status, body.message];
}

const GENERAL_403 =
  'The server understood the request, but refused to fulfill it because the access token is missing required scopes or the user is missing required roles or licenses.';

describe('webhooks', () => {
  it('creates one, replies in the order of the real service, and keeps the secret sealed', async () => {
    const { status, body } = await ada.api.post('/webhooks', {
      ...hook,
      secret: 'häsh me',
      filter: 'type=group',
    });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual([
      ...['id', 'name', 'targetUrl', 'resource', 'event', 'filter', 'secret', 'orgId', 'createdBy', 'appId'],
      ...['ownedBy', 'status', 'created'],
    ]);
    expect(body).toMatchObject({
      ...hook,
      filter: 'type=group',
      secret: 'häsh me',
      orgId: encodeWireId('ORGANIZATION', kit.orgId),
      createdBy: ada.wireId,
      ownedBy: 'creator',
      status: 'active',
    });
    expect(atob(body.appId)).toMatch(/^ciscospark:\/\/us\/APPLICATION\/C[0-9a-f]{64}$/);
    expect((await ada.api.get(`/webhooks/${body.id}/`)).body).toEqual(body);
    const { rows } = await kit.world.store.pool.query<{ all: string }>(
      'select webhook::text as all from webhook',
    );
    expect(rows.map((row) => row.all).join()).not.toContain('häsh');
    const event = (await kit.events()).at(-1);
    expect(event).toMatchObject({ resource: 'webhooks', event: 'created', actor_id: ada.id });
    expect(JSON.stringify(event)).not.toMatch(/häsh|bot\.example|All of it/);
  });

  it('takes forms, as some clients send them', async () => {
    const form = new URLSearchParams({ ...hook, name: 'By form' });
    const { status, body } = await ada.api.post('/webhooks', form);
    expect([status, body.name]).toEqual([200, 'By form']);
  });

  it("lists the caller's own, newest first, page by page", async () => {
    const carl = await kit.addPerson({ name: 'Carl' });
    for (const name of ['one', 'two', 'three']) await carl.api.post('/webhooks', { ...hook, name });
    const first = await carl.api.get('/webhooks/?max=2');
    const link = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1];
    const second = await carl.api.get(link!.slice(kit.baseUrl.length));
    const names = [...first.body.items, ...second.body.items].map((item: { name: string }) => item.name);
    expect(names).toEqual(['three', 'two', 'one']);
    expect(second.headers.get('link')).toBeNull();
    expect((await carl.api.get('/webhooks?cursor=bm8')).status).toBe(400);
    expect((await carl.api.get('/webhooks?ownedBy=org')).body.items).toEqual([]);
    expect((await carl.api.get('/webhooks?max=0')).status).toBe(400);
  });

  it('changes name, target and secret only, and asks for name and target', async () => {
    const { body } = await ada.api.post('/webhooks', { ...hook, secret: 'first' });
    const path = `/webhooks/${body.id}`;
    const change = { name: 'New', targetUrl: 'https://bot.example/new', resource: 'messages', event: 'all' };
    const changed = await ada.api.put(path, { ...change, secret: 'second', status: 'active' });
    const { name, targetUrl } = change;
    expect(changed.body).toEqual({ ...body, name, targetUrl, secret: 'second' });
    expect((await ada.api.put(path, { name })).body.errors[0].description).toMatch(/^targetUrl/);
    expect((await ada.api.put(path, { targetUrl })).body.errors[0].description).toMatch(/^name/);
    expect((await ada.api.put(path, { name, targetUrl, status: 'inactive' })).status).toBe(400);
    const kept = await ada.api.put(path, { name, targetUrl });
    expect(kept.body.secret).toBe('second');
    const none = await ada.api.put(path, { name, targetUrl, secret: '' });
    expect(none.body).not.toHaveProperty('secret');
  });

  it("is nobody else's: another person of the organisation, and of another, finds nothing", async () => {
    const other = await kit.addPerson({ org: await kit.addOrg('Other') });
    const { body } = await ada.api.post('/webhooks', hook);
    for (const person of [ben, other]) {
      const path = `/webhooks/${body.id}`;
      const change = { name: 'Mine', targetUrl: 'https://evil.example/' };
      const replies = [
        await person.api.get(path),
        await person.api.put(path, change),
        await person.api.delete(path),
      ];
      for (const reply of replies) {
        expect([reply.status, reply.body.message]).toEqual([
          404,
          'The requested resource could not be found.',
        ]);
      }
      expect((await person.api.get('/webhooks')).body.items).toEqual([]);
    }
    expect((await ada.api.get('/webhooks/not-an-id')).body.message).toBe('Expect base64 ID or UUID.');
    expect((await ada.api.delete(`/webhooks/${body.id}`)).status).toBe(204);
    expect((await ada.api.get(`/webhooks/${body.id}`)).status).toBe(404);
    expect((await kit.anonymous.get('/webhooks')).status).toBe(401);
  });

  it('asks for the read scope of the resource, for `all` of each', async () => {
    const api = await kit.mint(ada, ['spark:rooms_read', 'spark:messages_read']);
    const created = async (resource: string, event: string) => {
      const { status, body } = await api.post('/webhooks', { ...hook, resource, event });
      return status === 200 ? 200 : [status, body.message];
    };
    expect(await created('rooms', 'all')).toBe(200);
    expect(await created('messages', 'created')).toBe(200);
    expect(await created('attachmentActions', 'created')).toBe(200);
    expect(await created('memberships', 'created')).toEqual([403, GENERAL_403]);
    expect(await created('all', 'all')).toEqual([403, GENERAL_403]);
    const people = await kit.mint(ada, ['spark:people_read']);
    expect((await people.get('/webhooks')).status).toBe(403);
  });

  it('takes each pair that exists and refuses every other, by the field', async () => {
    const pairs: Record<string, string[]> = {
      all: ['all'],
      rooms: ['created', 'updated', 'deleted', 'migrated', 'all'],
      memberships: ['created', 'updated', 'deleted', 'all'],
      messages: ['created', 'updated', 'deleted', 'all'],
      attachmentActions: ['created', 'all'],
    };
    for (const [resource, events] of Object.entries(pairs)) {
      for (const event of ['created', 'updated', 'deleted', 'migrated', 'started', 'nonsense', 'all']) {
        const { status, body } = await ada.api.post('/webhooks', { ...hook, resource, event });
        expect([resource, event, status]).toEqual([resource, event, events.includes(event) ? 200 : 400]);
        if (status === 400) expect(body.message).toMatch(/^event: /);
      }
    }
    expect(await refusal(ada, { resource: 'meetings', event: 'started' })).toEqual([
      400,
      expect.stringMatching(/^resource: webhooks for 'meetings' are not available yet/),
    ]);
    expect(await refusal(ada, { resource: 'toString' })).toEqual([
      400,
      expect.stringMatching(/^resource: there is no/),
    ]);
    const { status, body } = await ada.api.post('/webhooks', {});
    const names = body.errors.map((error: { description: string }) => error.description.split(':')[0]);
    expect([status, names]).toEqual([400, ['name', 'targetUrl', 'resource', 'event']]);
  });

  it('judges filters: names by the resource, values by their kind, ids by what the caller sees', async () => {
    const own = (await ada.api.post('/rooms', { title: 'Own' })).body.id;
    const foreign = (await ben.api.post('/rooms', { title: 'Foreign' })).body.id;
    const messages = (filter: string) => refusal(ada, { resource: 'messages', filter });
    const invalid = (name: string) => [400, `invalid value for filter: ${name}`];
    expect(await messages(`roomId=${own}&personEmail=${ben.email}&hasFiles=true`)).toEqual([200, undefined]);
    expect(await messages('mentionedPeople=me')).toEqual([200, undefined]);
    expect(await messages(`roomId=${foreign}`)).toEqual(invalid('roomId'));
    expect(await messages('roomId=nonsense')).toEqual(invalid('roomId'));
    expect(await messages('hasFiles=perhaps')).toEqual(invalid('hasFiles'));
    expect(await messages('colour=red')).toEqual(invalid('colour'));
    expect(await messages('constructor=x')).toEqual(invalid('constructor'));
    expect(await refusal(ada, { filter: 'roomId=x' })).toEqual(invalid('roomId'));
    expect(await refusal(ada, { resource: 'all', event: 'all', filter: 'type=group' })).toEqual(
      invalid('type'),
    );
    expect((await messages('roomId'))[1]).toMatch(/^filter: /);
  });

  it('refuses a target that is no URL or, where loopback is not allowed, private', async () => {
    for (const targetUrl of [
      '',
      'bot',
      'ftp://bot.example/',
      'http://u:p@bot.example/',
      'http://10.0.0.1/',
    ]) {
      expect(await refusal(ada, { targetUrl })).toEqual([400, expect.stringMatching(/^targetUrl: /)]);
    }
    const closed = await startTestPlatform({ config: { mode: 'production' }, work: false });
    const eve = await closed.addPerson();
    for (const targetUrl of [
      'http://127.0.0.1:9/',
      'http://[::1]/',
      'http://0x7f000001/',
      'http://169.254.169.254/',
    ]) {
      expect(await refusal(eve, { targetUrl })).toEqual([400, expect.stringMatching(/^targetUrl: /)]);
    }
    const { body } = await eve.api.post('/webhooks', hook);
    const change = await eve.api.put(`/webhooks/${body.id}`, { name: 'x', targetUrl: 'http://127.0.0.1/' });
    expect(change.status).toBe(400);
    await closed.close();
  });

  it('limits the webhooks of an account, also when they are made at once', async () => {
    const small = await startTestPlatform({ limits: { 'webhook.per_account': 3 }, work: false });
    const eve = await small.addPerson();
    const replies = await Promise.all(Array.from({ length: 8 }, () => eve.api.post('/webhooks', hook)));
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 200, 200, 400, 400, 400, 400, 400]);
    expect(replies.find((reply) => reply.status === 400)?.body.message).toMatch(/has 3 webhooks/);
    await small.close();
  });

  it('F50: is refused to people of a gov organisation', async () => {
    const gov = await kit.addOrg('Agency');
    await kit.world.store.pool.query("update org set profile = 'gov' where id = $1", [gov]);
    const agent = await kit.addPerson({ org: gov });
    expect(await refusal(agent, {})).toEqual([403, expect.stringMatching(/gov profile/)]);
  });

  it('keeps org-wide ones to admins and officers with the scope, one per resource and filter', async () => {
    const scopes = ['spark:all', 'spark-compliance:rooms_read', 'spark-compliance:webhooks_read'];
    const officer = await kit.addPerson({ roles: ['compliance_officer'], scopes });
    const admin = await kit.addPerson({ roles: ['full_admin'], scopes });
    const plain = await kit.addPerson({ scopes });
    const wide = { ...hook, ownedBy: 'org', event: 'all', secret: 'mine' };
    expect((await plain.api.post('/webhooks', wide)).status).toBe(403);
    expect((await ada.api.post('/webhooks', wide)).status).toBe(403);
    const { body } = await admin.api.post('/webhooks', wide);
    expect(body.ownedBy).toBe('org');
    expect((await officer.api.post('/webhooks', wide)).status).toBe(409);
    expect(
      (await officer.api.post('/webhooks', { ...wide, resource: 'attachmentActions', event: 'all' })).status,
    ).toBe(400);
    const seen = await officer.api.get('/webhooks?ownedBy=org');
    expect(seen.body.items.map((item: { id: string }) => item.id)).toEqual([body.id]);
    expect(seen.body.items[0]).not.toHaveProperty('secret');
    expect((await plain.api.get('/webhooks?ownedBy=org')).body.items).toEqual([]);
  });
});
