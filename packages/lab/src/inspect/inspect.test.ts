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
