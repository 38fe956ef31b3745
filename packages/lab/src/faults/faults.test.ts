import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';
import { createFaultBook } from './fault-book.ts';

let kit: TestLab;
beforeAll(async () => {
  kit = await startTestLab();
});
afterEach(() => kit.lab.delete('/lab/v1/faults'));
afterAll(() => kit.close());

const statuses = async (times: number, path = '/people/me', email = 'uma@acme.test') => {
  const replies: number[] = [];
  for (let count = 0; count < times; count++) replies.push((await kit.as(email).get(path)).status);
  return replies;
};

describe('faults', () => {
  it('answers 429 with a whole Retry-After on the route they name, and nowhere else', async () => {
    const added = await kit.lab.post('/lab/v1/faults', {
      route: 'GET /people/me',
      status: 429,
      retryAfterSeconds: 7,
    });
    expect(added.body).toMatchObject({
      id: 'f1',
      route: 'GET /people/me',
      status: 429,
      calls: 0,
      injected: 0,
    });
    const limited = await kit.as('uma@acme.test').get('/people/me');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await kit.as('uma@acme.test').get('/rooms')).status).toBe(200);
    expect((await kit.lab.get('/lab/v1/faults')).body.items).toMatchObject([{ calls: 1, injected: 1 }]);
    expect((await kit.lab.delete('/lab/v1/faults/f1')).status).toBe(204);
    expect((await kit.lab.delete('/lab/v1/faults/f1')).status).toBe(404);
    expect(await statuses(1)).toEqual([200]);
  });

  it('happens on every n-th call, at most so often, or to one person', async () => {
    await kit.lab.post('/lab/v1/faults', { route: '/people/me', status: 503, nth: 2 });
    expect(await statuses(4)).toEqual([200, 503, 200, 503]);
    await kit.lab.delete('/lab/v1/faults');
    await kit.lab.post('/lab/v1/faults', { status: 500, times: 2 });
    expect(await statuses(3, '/rooms')).toEqual([500, 500, 200]);
    await kit.lab.delete('/lab/v1/faults');
    await kit.lab.post('/lab/v1/faults', { person: 'ada@acme.test', status: 502 });
    expect([await statuses(1), await statuses(1, '/rooms', 'ada@acme.test')]).toEqual([[200], [502]]);
  });

  it('happens to one app, and with latency', async () => {
    const { rows } = await kit.world.store.pool.query<{ client_id: string }>(
      "select client_id from app where kind = 'bot'",
    );
    await kit.lab.post('/lab/v1/faults', { app: rows[0]!.client_id, latencyMs: 60 });
    const timed = async (email: string) => {
      const started = performance.now();
      await kit.as(email).get('/people/me');
      return performance.now() - started;
    };
    expect(await timed('echo@webex.bot')).toBeGreaterThanOrEqual(58);
  });

  it('is drawn by chance with the probability it names', () => {
    const draws = [0.1, 0.5, 0.29, 0.3, 0.9];
    const book = createFaultBook(() => draws.shift()!);
    book.add({ probability: 0.3, webhook: 'dropped' });
    const happened = Array.from({ length: 5 }, () => book.forDelivery({ personId: 'p' }));
    expect(happened).toEqual(['dropped', undefined, 'dropped', undefined, undefined]);
  });

  it.each([
    [{ route: 'GET /nothing', status: 500 }, /no operation is 'GET \/nothing'/],
    [{ route: 'people', status: 500 }, /no operation is 'people'|is none/],
    [{ status: 404 }, /429 or 500 to 599/],
    [{ status: 429, retryAfterSeconds: 1.5 }, /retryAfterSeconds/],
    [{ probability: 2, status: 500 }, /probability/],
    [{ route: 'GET /rooms' }, /needs an effect/],
    [{ webhook: 'dropped', status: 500 }, /stands alone/],
    [{ staus: 500 }, /staus/],
  ])('refuses %j', async (fault, message) => {
    const reply = await kit.lab.post('/lab/v1/faults', fault);
    expect([reply.status, reply.body.message]).toEqual([400, expect.stringMatching(message)]);
  });

  it('never touches the lab itself', async () => {
    await kit.lab.post('/lab/v1/faults', { status: 500 });
    expect((await kit.lab.get('/lab/v1/clock')).status).toBe(200);
  });
});
