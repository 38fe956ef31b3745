import { createHmac } from 'node:crypto';
import { type Sink, startSink, type TestPerson } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { startTestSite, type TestSite } from './browser.ts';

let site: TestSite;
let sink: Sink;
let ada: TestPerson;
let hookPath: string;
beforeAll(async () => {
  [site, sink] = await Promise.all([startTestSite(), startSink()]);
  ada = await site.kit.addPerson({ name: 'Ada Adler' });
  sink.answer('/hook', { status: 200, body: '{"thanks":true}' });
  const make = (name: string, path: string, secret?: string) =>
    ada.api.post('/webhooks', {
      name,
      targetUrl: sink.url + path,
      resource: 'messages',
      event: 'created',
      ...(secret && { secret }),
    });
  hookPath = `/portal/webhooks/${(await make('Order bot', '/hook', 'hush')).body.id}`;
  const roomId = (await ada.api.post('/rooms', { title: 'Orders' })).body.id;
  await ada.api.post('/messages', { roomId, text: 'One more coffee' });
  await site.kit.platform.idle();
});
afterAll(() => Promise.all([site?.close(), sink?.close()]));

describe('webhooks of a developer', () => {
  it('show a delivery with its signature, and deliver it again', async () => {
    const { page, problems, close } = await site.open('/portal/webhooks', { as: ada });
    await page.getByRole('link', { name: 'Order bot' }).click();
    await page.getByRole('heading', { level: 1, name: 'Order bot' }).waitFor();
    await page.getByRole('button', { name: 'Show' }).click();
    const drawer = page.getByRole('dialog', { name: 'Delivery' });
    await drawer.getByText('Answer: status 200').waitFor();
    await drawer
      .getByText(createHmac('sha1', 'hush').update(sink.at('/hook')[0]!.text).digest('hex'))
      .first()
      .waitFor();
    expect(page.url()).toContain('delivery=');
    await drawer.getByRole('button', { name: 'Deliver again' }).click();
    await drawer.getByText('Again of').waitFor();
    await expect.poll(() => sink.at('/hook').length).toBe(2);
    expect(sink.at('/hook')[1]!.text).toBe(sink.at('/hook')[0]!.text);
    await drawer.getByRole('button', { name: 'Close' }).click();
    await drawer.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show' }).nth(1).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('are narrowed by state in the address, and say so where there is none', async () => {
    const { page, close } = await site.open(hookPath, { as: ada });
    await page.getByLabel('State').selectOption('dead');
    await page.getByText('None in this state').waitFor();
    expect(page.url()).toContain('state=dead');
    await page.goBack();
    await page.getByRole('button', { name: 'Show' }).first().waitFor();
    await close();
  });

  it('are nobody else’s', async () => {
    const bob = await site.kit.addPerson({ name: 'Bob Baker' });
    const { page, close } = await site.open(hookPath, { as: bob });
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('One more coffee').count()).toBe(0);
    await close();
  });

  it('are sound: the list', { timeout: 120_000 }, () =>
    auditPage(site, { name: 'webhooks', path: '/portal/webhooks', as: ada }),
  );
  it('are sound: none yet', { timeout: 120_000 }, async () => {
    const as = await site.kit.addPerson({ name: 'Cleo Cook' });
    await auditPage(site, { name: 'webhooks-empty', path: '/portal/webhooks', as });
  });
  it('are sound: one of them', { timeout: 120_000 }, () =>
    auditPage(site, { name: 'webhook', path: hookPath, as: ada }),
  );
  it('are sound: a delivery', { timeout: 120_000 }, () =>
    auditPage(site, {
      name: 'webhook-delivery',
      path: hookPath,
      as: ada,
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Show' }).first().click();
        await page.getByText('Answer: status 200').waitFor();
      },
    }),
  );
});
