import type { Uuid } from '@moothall/core';
import { csrfTokenOf, enterSite, startSession } from '@moothall/platform';
import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';

let kit: TestLab;
beforeAll(async () => {
  kit = await startTestLab();
});
afterAll(() => kit.close());

const why = async (trackingId: string | null) => (await kit.lab.get(`/lab/v1/why/${trackingId}`)).body;

describe('F25: why', () => {
  const SENTENCE =
    'the access token is missing required scopes or the user is missing required roles or licenses';

  it('names the scope, where the wire has one sentence for three causes', async () => {
    const { body } = await kit.lab.post('/lab/v1/tokens', {
      personEmail: 'uma@acme.test',
      scopes: ['spark:rooms_read'],
    });
    const reply = await apiClient(kit.baseUrl, body.token).post('/rooms', { title: 'x' });
    expect([reply.status, reply.body.message]).toEqual([403, expect.stringContaining(SENTENCE)]);
    const told = await why(reply.headers.get('trackingid'));
    expect(told).toMatchObject({
      refusedBy: 'scope',
      status: 403,
      personEmail: 'uma@acme.test',
      operation: 'rooms.create',
    });
    expect(told.sentence).toContain('the token has none of: spark:rooms_write');
  });

  it('names the role', async () => {
    const scopes = ['spark-admin:organizations_read'];
    const { body } = await kit.lab.post('/lab/v1/tokens', { personEmail: 'uma@acme.test', scopes });
    const reply = await apiClient(kit.baseUrl, body.token).get('/organizations');
    expect([reply.status, reply.body.message]).toEqual([403, expect.stringContaining(SENTENCE)]);
    const told = await why(reply.headers.get('trackingid'));
    expect(told.refusedBy).toBe('role');
    expect(told.sentence).toMatch(/none of the roles: .*full_admin/);
    expect(told.steps.at(-1)).toMatchObject({ check: 'role', passed: false });
  });

  it('names the membership behind a 404', async () => {
    const room = (await kit.as('gina@globex.test').post('/rooms', { title: 'Private' })).body;
    const reply = await kit.as('ada@acme.test').get(`/rooms/${room.id}`);
    expect(reply.status).toBe(404);
    const told = await why(reply.headers.get('trackingid'));
    expect(told.refusedBy).toBe('relation');
    expect(told.sentence).toMatch(/membership.*a member of the room/);
    const absent = await kit.as('ada@acme.test').get('/rooms/7b0f3a52-0000-7000-8000-000000000000');
    expect((await why(absent.headers.get('trackingid'))).sentence).toContain('there is no such room');
  });

  it('names the policy', async () => {
    const uma = kit.as('uma@acme.test');
    const rooms = (await uma.get('/rooms')).body.items as { id: string; title: string }[];
    const news = rooms.find((room) => room.title === 'Announcements')!;
    const reply = await uma.post('/messages', { roomId: news.id, text: 'hi' });
    expect(reply.status).toBe(403);
    const told = await why(reply.headers.get('trackingid'));
    expect(told).toMatchObject({
      refusedBy: 'policy',
      sentence: expect.stringContaining('for announcements'),
    });
  });

  it('names the token, what failed by itself, and what succeeded', async () => {
    const unknown = await apiClient(kit.baseUrl, 'unknown').get('/rooms');
    expect(await why(unknown.headers.get('trackingid'))).toMatchObject({ refusedBy: 'token' });
    const invalid = await kit.as('uma@acme.test').post('/rooms', { title: '' });
    expect(await why(invalid.headers.get('trackingid'))).toMatchObject({
      refusedBy: 'none',
      cause: 'room.title_empty',
    });
    const fine = await kit.as('uma@acme.test').get('/rooms', { trackingid: 'MINE_1' });
    expect(fine.headers.get('trackingid')).toBe('MINE_1');
    expect(await why('MINE_1')).toMatchObject({ refusedBy: 'none', status: 200, operation: 'rooms.list' });
    expect((await kit.lab.get('/lab/v1/why/NEVER')).status).toBe(404);
  });
});

describe('the log of exchanges', () => {
  it('shows what was asked without queries and tokens, and waits for the next', async () => {
    const before = (await kit.lab.get('/lab/v1/logs?max=2000')).body.items.at(-1)?.seq ?? 0;
    const waiting = kit.lab.get(`/lab/v1/logs?after=${before}&waitSeconds=10`);
    await kit.as('uma@acme.test').get('/rooms?max=1');
    const { items } = (await waiting).body;
    expect(items).toMatchObject([
      {
        seq: before + 1,
        method: 'GET',
        path: '/v1/rooms',
        status: 200,
        operation: 'rooms.list',
        person: 'uma@acme.test',
      },
    ]);
    expect((await kit.lab.get('/lab/v1/logs?after=x')).status).toBe(400);
  });
});

describe('an exchange', () => {
  const last = async () => (await kit.lab.get('/lab/v1/logs?max=2000')).body.items.at(-1);

  it('is shown with what was said, and no secret in it', async () => {
    const reply = await kit.as('uma@acme.test').post('/webhooks?access_token=hush', {
      name: 'w',
      targetUrl: 'https://a.test/',
      resource: 'rooms',
      event: 'created',
      secret: 'hush',
    });
    expect(reply.status).toBe(200);
    const { body } = await kit.lab.get(`/lab/v1/logs/${(await last()).seq}`);
    expect(body).toMatchObject({
      method: 'POST',
      path: '/v1/webhooks',
      status: 200,
      query: '?access_token=***',
    });
    expect(body.request.headers.authorization).toBe('Bearer ***');
    expect(JSON.parse(body.request.body)).toMatchObject({ name: 'w', secret: '***' });
    expect(JSON.parse(body.response.body)).toMatchObject({ id: reply.body.id });
    expect(JSON.stringify(body)).not.toContain('hush');
    expect((await kit.lab.get('/lab/v1/logs/999999')).status).toBe(404);
  });

  it('is sent again as the same caller, edited, and takes no slot of the ledger', async () => {
    await kit.as('uma@acme.test').get('/people/me');
    const { seq } = await last();
    const count = async () =>
      (await kit.world.store.pool.query('select 1 from token where revoked_at is null')).rowCount;
    const before = await count();
    const again = await kit.lab.post(`/lab/v1/logs/${seq}/resend`, { method: 'GET', path: '/v1/people/me' });
    expect(JSON.parse(again.body.body)).toMatchObject({ emails: ['uma@acme.test'] });
    const posted = await kit.lab.post(`/lab/v1/logs/${seq}/resend`, {
      method: 'POST',
      path: '/v1/rooms',
      headers: { 'content-type': 'application/json' },
      body: '{"title":"Again"}',
    });
    expect([posted.body.status, await count()]).toEqual([200, before]);
    const elsewhere = { method: 'GET', path: 'https://evil.test/' };
    expect((await kit.lab.post(`/lab/v1/logs/${seq}/resend`, elsewhere)).status).toBe(400);
  });

  it('is exported as an HTTP archive', async () => {
    const { log } = (await kit.lab.get('/lab/v1/logs.har')).body;
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'Moothall' } });
    expect(log.entries[0].request).toMatchObject({
      method: expect.any(String),
      url: expect.stringContaining('/v1/'),
    });
  });

  it('stands beside the events that it caused', async () => {
    const reply = await kit.as('uma@acme.test').post('/rooms', { title: 'Seen' }, { trackingid: 'EVENT_1' });
    expect(reply.status).toBe(200);
    const { items } = (await kit.lab.get('/lab/v1/events?resource=rooms&max=1')).body;
    expect(items).toMatchObject([{ event: 'created', person: 'uma@acme.test', trackingId: 'EVENT_1' }]);
  });
});

describe('the lab plane', () => {
  it('is open to pages of whoever is signed in at the portal, and to nobody else', async () => {
    expect((await kit.lab.get('/lab/page/clock')).status).toBe(401);
    expect((await apiClient(kit.baseUrl).get('/lab/page/clock')).status).toBe(401);
    const uma = kit.report.people.find(({ email }) => email === 'uma@acme.test')!;
    const { rows } = await kit.world.store.pool.query<{ id: Uuid; org_id: Uuid }>(
      'select id, org_id from person where email = $1',
      [uma.email],
    );
    const who = { personId: rows[0]!.id, orgId: rows[0]!.org_id };
    const { cookie } = await kit.world.store.tx(async (tx) => {
      const session = await startSession(kit.world, tx, who);
      await enterSite(kit.world, tx, { ...session, ...who }, 'portal');
      return session;
    });
    const page = apiClient(kit.baseUrl, undefined, {
      cookie: `moot_session=${cookie}`,
      'x-csrf-token': csrfTokenOf(cookie),
    });
    expect((await page.get('/lab/page/clock')).body).toMatchObject({ frozen: false });
    expect((await page.post('/lab/page/clock/freeze')).body).toMatchObject({ frozen: true });
    expect((await page.post('/lab/page/clock/resume')).status).toBe(200);
  });
});
