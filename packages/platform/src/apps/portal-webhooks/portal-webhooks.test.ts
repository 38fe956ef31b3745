import { createHmac } from 'node:crypto';
import {
  type ApiClient,
  type Sink,
  startSink,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let sink: Sink;
let ada: TestPerson;
let page: ApiClient;
let roomId: string;
let webhookId: string;

beforeAll(async () => {
  [kit, sink] = await Promise.all([startTestPlatform(), startSink()]);
  ada = await kit.addPerson({ name: 'Ada' });
  page = await kit.page(ada, 'portal');
  roomId = (await ada.api.post('/rooms', { title: 'R' })).body.id;
  const hook = {
    name: 'mine',
    targetUrl: `${sink.url}/a`,
    resource: 'messages',
    event: 'created',
    secret: 'key',
  };
  webhookId = (await ada.api.post('/webhooks', hook)).body.id;
});
afterAll(() => Promise.all([kit.close(), sink.close()]));

const HOOKS = '/portal/api/webhooks';

describe('webhooks in the portal', () => {
  it('are the own ones and those of own bots, without secrets', async () => {
    const form = { type: 'bot', name: 'Helper', username: 'helper' };
    const bot = (await page.post('/portal/api/apps', form)).body;
    const hook = { name: 'of the bot', targetUrl: `${sink.url}/b`, resource: 'rooms', event: 'all' };
    await kit.anonymous.post('/webhooks', hook, { authorization: `Bearer ${bot.secret.value}` });
    const { items } = (await page.get(HOOKS)).body;
    expect(items).toMatchObject([
      { name: 'of the bot', signed: false, creator: { type: 'bot', email: 'helper@webex.bot' } },
      { name: 'mine', signed: true, id: webhookId, creator: { id: ada.wireId } },
    ]);
    expect(JSON.stringify(items)).not.toContain('"key"');
    const one = await page.get(`${HOOKS}/${webhookId}`);
    expect(one.body).toEqual(items[1]);
    const first = await page.get(`${HOOKS}?max=1`);
    const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')![1]!.replace(kit.baseUrl, '');
    expect((await page.get(next)).body.items).toMatchObject([{ name: 'mine' }]);
  });

  it('show what was delivered, signed and answered, and deliver it again', async () => {
    sink.answer('/a', { status: 200, body: 'thanks' });
    for (const text of ['one', 'two']) await ada.api.post('/messages', { roomId, text });
    await kit.platform.idle();
    const list = (await page.get(`${HOOKS}/${webhookId}/deliveries`)).body.items;
    expect(list).toMatchObject([
      { state: 'done', status: 200, tries: 1 },
      { state: 'done', status: 200, tries: 1 },
    ]);
    const first = await page.get(`${HOOKS}/${webhookId}/deliveries?max=1`);
    const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')![1]!.replace(kit.baseUrl, '');
    expect((await page.get(next)).body.items).toMatchObject([{ id: list[1].id }]);
    expect((await page.get(`${HOOKS}/${webhookId}/deliveries?state=dead`)).body.items).toEqual([]);
    const delivery = (await page.get(`${HOOKS}/${webhookId}/deliveries/${list[1].id}`)).body;
    expect(delivery).toMatchObject({
      request: { url: `${sink.url}/a` },
      response: { status: 200, body: 'thanks' },
    });
    expect(delivery.signature).toBe(createHmac('sha1', 'key').update(delivery.request.body).digest('hex'));
    expect(delivery.request.body).toBe(sink.at('/a')[0]!.text);
    const again = await page.post(`${HOOKS}/${webhookId}/deliveries/${list[1].id}/redeliver`);
    await kit.platform.idle();
    expect(sink.at('/a').at(-1)!.text).toBe(delivery.request.body);
    const repeated = (await page.get(`${HOOKS}/${webhookId}/deliveries/${again.body.id}`)).body;
    expect(repeated.redeliveryOf).toBe(list[1].id);
  });

  it('are nobody else’s, an administrator’s neither', async () => {
    const [delivery] = (await page.get(`${HOOKS}/${webhookId}/deliveries`)).body.items;
    const peer = await kit.page(await kit.addPerson({ roles: ['full_admin'] }), 'portal');
    expect((await peer.get(HOOKS)).body.items).toEqual([]);
    const path = `${HOOKS}/${webhookId}/deliveries`;
    expect((await peer.get(`${HOOKS}/${webhookId}`)).status).toBe(404);
    expect((await peer.get(path)).status).toBe(404);
    expect((await peer.get(`${path}/${delivery.id}`)).status).toBe(404);
    expect((await peer.post(`${path}/${delivery.id}/redeliver`)).status).toBe(404);
    const hook = { name: 'other', targetUrl: `${sink.url}/c`, resource: 'rooms', event: 'all' };
    const other = (await ada.api.post('/webhooks', hook)).body.id;
    expect((await page.get(`${HOOKS}/${other}/deliveries/${delivery.id}`)).status).toBe(404);
    expect((await page.get(`${path}/${kit.orgId}`)).status).toBe(404);
  });
});
