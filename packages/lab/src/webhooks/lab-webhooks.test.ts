import { apiClient, type Sink, startSink } from '@moothall/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';

let kit: TestLab;
let sink: Sink;
let roomId: string;
const ada = () => kit.as('ada@acme.test');

beforeAll(async () => {
  sink = await startSink();
  kit = await startTestLab();
  roomId = (await ada().post('/rooms', { title: 'Hooks' })).body.id;
  const webhook = { name: 'w', targetUrl: `${sink.url}/hook`, resource: 'messages', event: 'created' };
  expect((await ada().post('/webhooks', webhook)).status).toBe(200);
});
afterEach(() => kit.lab.delete('/lab/v1/faults'));
afterAll(async () => {
  await kit.close();
  await sink.close();
});

async function post(text: string): Promise<void> {
  expect((await ada().post('/messages', { roomId, text })).status).toBe(200);
  expect((await kit.lab.post('/lab/v1/idle')).status).toBe(204);
}

describe('deliveries in the lab', () => {
  it('are listed with request and response, and redelivered', async () => {
    await post('one');
    expect(sink.at('/hook')).toHaveLength(1);
    const { items } = (await kit.lab.get('/lab/v1/deliveries')).body;
    expect(items).toMatchObject([
      {
        state: 'done',
        resource: 'messages',
        event: 'created',
        response: { status: 200 },
        tries: [{ status: 200 }],
      },
    ]);
    expect(items[0].request.body).toBe(sink.at('/hook')[0]!.text);
    const again = await kit.lab.post(`/lab/v1/deliveries/${items[0].id}/redeliver`);
    await kit.lab.post('/lab/v1/idle');
    expect(sink.at('/hook')).toHaveLength(2);
    expect((await kit.lab.get('/lab/v1/deliveries?max=1')).body.items).toMatchObject([
      { id: again.body.id, redeliveryOf: items[0].id },
    ]);
    const unknown = await kit.lab.post('/lab/v1/deliveries/7b0f3a52-0000-7000-8000-000000000000/redeliver');
    expect(unknown.status).toBe(404);
  });

  it('are dropped or doubled by a fault', async () => {
    const before = sink.at('/hook').length;
    await kit.lab.post('/lab/v1/faults', { webhook: 'dropped', times: 1 });
    await post('lost');
    expect(sink.at('/hook')).toHaveLength(before);
    expect((await kit.lab.get('/lab/v1/deliveries?state=dead')).body.items).toMatchObject([
      { reason: 'dropped by a fault of the lab', tries: [] },
    ]);
    await kit.lab.delete('/lab/v1/faults');
    await kit.lab.post('/lab/v1/faults', { webhook: 'duplicated', person: 'ada@acme.test' });
    await post('twice');
    const [first, second] = sink.at('/hook').slice(before);
    expect(first!.text).toBe(second!.text);
    expect(first!.headers['x-moothall-delivery']).toBe(second!.headers['x-moothall-delivery']);
    await kit.lab.delete('/lab/v1/faults');
    await kit.lab.post('/lab/v1/faults', { webhook: 'duplicated', person: 'uma@acme.test' });
    await post('once');
    expect(sink.at('/hook')).toHaveLength(before + 3);
  });

  it('are tried again when the clock is advanced over their due time', async () => {
    sink.answer('/hook', (count) => (count > 0 ? { status: 500 } : {}));
    expect((await ada().post('/messages', { roomId, text: 'retry' })).status).toBe(200);
    await kit.lab.post('/lab/v1/clock/freeze');
    await kit.lab.post('/lab/v1/clock/advance', { by: '1h' });
    const { items } = (await kit.lab.get('/lab/v1/deliveries?max=1')).body;
    expect(items).toMatchObject([
      { state: 'dead', tries: [{ status: 500 }, { status: 500 }, { status: 500 }] },
    ]);
    const times = items[0].tries.map((tried: { at: string }) => tried.at);
    expect(new Set(times).size).toBe(3);
    sink.answer('/hook', {});
  });

  it('do not happen again after a reset', async () => {
    const before = sink.at('/hook').length;
    await kit.lab.post('/lab/v1/reset', {});
    await kit.lab.post('/lab/v1/idle');
    expect((await kit.lab.get('/lab/v1/deliveries')).body.items).toEqual([]);
    expect(sink.at('/hook')).toHaveLength(before);
  });
});

describe('incoming webhooks in the lab', () => {
  it('have a URL that posts to their room', async () => {
    const room = (await ada().post('/rooms', { title: 'Alerts' })).body.id;
    const { body } = await kit.lab.post('/lab/v1/incoming-webhooks', { roomId: room, name: 'Alerts' });
    const posted = await apiClient(kit.baseUrl).post(new URL(body.url).pathname, { markdown: '**fire**' });
    expect(posted.status).toBe(204);
    expect((await ada().get(`/messages?roomId=${room}`)).body.items).toMatchObject([
      { markdown: '**fire**' },
    ]);
    const absent = { roomId: '7b0f3a52-0000-7000-8000-000000000000', name: 'x' };
    expect((await kit.lab.post('/lab/v1/incoming-webhooks', absent)).status).toBe(404);
    expect((await kit.lab.post('/lab/v1/incoming-webhooks', { roomId: room, name: ' ' })).status).toBe(400);
    const { items } = (await kit.lab.get('/lab/v1/logs?max=2000')).body;
    const token = body.url.split('/').at(-1);
    expect(items.some((item: { operation?: string }) => item.operation === 'incomingWebhooks.post')).toBe(
      true,
    );
    expect(JSON.stringify(items)).not.toContain(token);
  });
});
