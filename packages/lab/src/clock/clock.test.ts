import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';

const WORLD = `
clock: 2026-03-01T09:00:00Z
frozen: true
orgs: [{ key: a, displayName: A, people: [{ key: ada, email: ada@a.test, displayName: Ada, tokens: [{ scopes: ["spark:all"] }] }] }]
`;

let kit: TestLab;
beforeAll(async () => {
  kit = await startTestLab({ worldFile: WORLD });
});
afterAll(() => kit.close());

describe('the clock of the lab', () => {
  it('stands where the world file says and moves by spans and to times, forward only', async () => {
    expect((await kit.lab.get('/lab/v1/clock')).body).toMatchObject({
      now: '2026-03-01T09:00:00.000Z',
      frozen: true,
    });
    const moved = await kit.lab.post('/lab/v1/clock/advance', { by: '14d' });
    expect(moved.body.now).toBe('2026-03-15T09:00:00.000Z');
    const set = await kit.lab.post('/lab/v1/clock/set', { to: '2026-03-15T10:00:00Z' });
    expect(set.body.now).toBe('2026-03-15T10:00:00.000Z');
    const back = await kit.lab.post('/lab/v1/clock/set', { to: '2026-03-15T09:59:59Z' });
    expect([back.status, back.body.message]).toEqual([409, expect.stringContaining('load a snapshot')]);
    expect((await kit.lab.post('/lab/v1/clock/advance', { by: '-1d' })).status).toBe(400);
    expect((await kit.lab.post('/lab/v1/clock/advance', { by: '2 fortnights' })).body.message).toContain(
      '14d',
    );
    expect((await kit.lab.post('/lab/v1/clock/set', { to: '9999-12-31T23:59:59Z' })).status).toBe(400);
    expect((await kit.lab.get('/lab/v1/clock')).body.now).toBe('2026-03-15T10:00:00.000Z');
  });

  it('F99: lets a token expire by the world’s time alone', async () => {
    const { body } = await kit.lab.post('/lab/v1/tokens', {
      personEmail: 'ada@a.test',
      expiresInSeconds: 3600,
    });
    const api = apiClient(kit.baseUrl, body.token);
    await kit.lab.post('/lab/v1/clock/advance', { by: '3599s' });
    expect((await api.get('/people/me')).status).toBe(200);
    await kit.lab.post('/lab/v1/clock/advance', { by: '1s' });
    expect((await api.get('/people/me')).status).toBe(401);
  });

  it('runs on after resume, and stops at freeze', async () => {
    const { body: resumed } = await kit.lab.post('/lab/v1/clock/resume');
    expect(resumed.frozen).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { body: frozen } = await kit.lab.post('/lab/v1/clock/freeze');
    expect(Date.parse(frozen.now)).toBeGreaterThan(Date.parse(resumed.now));
    expect((await kit.lab.get('/lab/v1/clock')).body).toEqual(frozen);
  });

  it('runs each job at its own due time before advance answers', async () => {
    const { world } = kit;
    const seen: string[] = [];
    await kit.platform.stopWork();
    const queues = () => [
      {
        queue: 'lab-test',
        run: async () => {
          seen.push(world.clock.now().toISOString());
          const retryAt = new Date(world.clock.nowMs() + 3_600_000);
          return seen.length < 3 ? { retryAt, result: {} } : { done: {} };
        },
      },
    ];
    (world.resources as unknown[]).push({ name: 'lab-test', area: 'lab', operations: [], queues });
    await kit.platform.startWork();
    const startMs = world.clock.nowMs();
    await world.store.tx(async (tx) =>
      tx.enqueue({ queue: 'lab-test', payload: {}, runAt: new Date(startMs + 60_000) }),
    );
    await kit.lab.post('/lab/v1/clock/advance', { by: '1d' });
    expect(seen.map((time) => (Date.parse(time) - startMs) / 60_000)).toEqual([1, 61, 121]);
    expect((await kit.lab.post('/lab/v1/idle')).status).toBe(204);
  });

  it('stands after a restart where it stood', async () => {
    const before = (await kit.lab.get('/lab/v1/clock')).body;
    await kit.stop();
    kit = await kit.restart();
    expect((await kit.lab.get('/lab/v1/clock')).body).toEqual(before);
  });

  it('asks for the key before it reads anything', async () => {
    const anonymous = apiClient(kit.baseUrl);
    for (const api of [anonymous, apiClient(kit.baseUrl, 'another-key'), kit.as('ada@a.test')]) {
      expect((await api.get('/lab/v1/clock')).status).toBe(401);
      expect((await api.post('/lab/v1/clock/advance', 'not json')).status).toBe(401);
    }
  });
});
