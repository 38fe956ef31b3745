import { json } from 'node:stream/consumers';
import { type Sink, startSink } from '@moothall/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { type LabSite, startLabSite } from './lab-site.ts';

const PATH = '/portal/inspector';

let site: LabSite;
let sink: Sink;
let ada: Awaited<ReturnType<LabSite['person']>>;
beforeAll(async () => {
  [site, sink] = await Promise.all([startLabSite(), startSink()]);
  ada = await site.person('ada@acme.test');
});
afterAll(() => Promise.all([site?.close(), sink?.close()]));

const requests = (page: Page) => page.getByRole('listbox', { name: 'Requests, newest first' });
const drawerOf = (page: Page) => page.getByRole('dialog', { name: 'Request' });

/** A client whose token may read rooms and nothing else. */
async function reader() {
  const body = { personEmail: 'uma@acme.test', scopes: ['spark:rooms_read'] };
  return (await site.lab.post('/lab/v1/tokens', body)).body.token as string;
}

describe('the inspector (F25)', () => {
  it('shows a refused request as it comes, with why, and sends it again edited', async () => {
    const { page, problems, close } = await site.open(PATH, { as: ada });
    await page.getByText(/of \d+ requests/).waitFor();
    const token = await reader();
    const refused = await fetch(`${site.baseUrl}/v1/rooms`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"title":"Refused"}',
    });
    expect(refused.status).toBe(403);
    await page.getByLabel('Status').selectOption('4');
    await requests(page)
      .getByRole('option', { name: /403 POST \/v1\/rooms/ })
      .first()
      .click();
    const drawer = drawerOf(page);
    await drawer.getByText('Bearer ***').waitFor();
    expect(await drawer.innerText()).not.toContain(token);
    await drawer.getByRole('tab', { name: 'Why' }).click();
    await drawer.getByText(/refused by scope: the token has none of: spark:rooms_write/).waitFor();
    await drawer.getByRole('tab', { name: 'Send again' }).click();
    await drawer.getByLabel('Method').selectOption('GET');
    await drawer.getByLabel('Body').fill('');
    await drawer.getByRole('button', { name: 'Send', exact: true }).click();
    await drawer.getByText('Status 200').waitFor();
    await drawer.getByText('"items"').waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('is gone through by the keyboard, and quick with 2000 requests', { timeout: 120_000 }, async () => {
    const api = site.as('uma@acme.test');
    for (let sent = 0; sent < 2000; sent += 50)
      await Promise.all(Array.from({ length: 50 }, () => api.get('/people/me')));
    const last = await api.get('/people/me?callingData=true');
    const { page, problems, close } = await site.open(PATH, { as: ada });
    await page.getByText('2000 of 2000 requests').waitFor();
    const list = requests(page);
    expect(await list.getByRole('option').count()).toBeLessThan(40);
    await list.focus();
    await page.keyboard.press('ArrowDown');
    expect(await list.getByRole('option', { selected: true }).getAttribute('aria-posinset')).toBe('1');
    const began = performance.now();
    await page.keyboard.press('End');
    await list.locator('[aria-posinset="2000"][aria-selected="true"]').waitFor();
    expect(performance.now() - began).toBeLessThan(1000);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await drawerOf(page).getByText(last.headers.get('trackingid')!).first().waitFor();
    await page.keyboard.press('Escape');
    await drawerOf(page).waitFor({ state: 'detached' });
    expect(await list.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByLabel('Text').fill('nowhere to be found');
    await page.getByText('0 of 2000 requests').waitFor();
    expect(page.url()).toContain('text=nowhere');
    expect(problems).toEqual([]);
    await close();
  });

  it('stops when it is paused, and goes on', async () => {
    const { page, close } = await site.open(PATH, { as: ada });
    await page.getByText(/of \d+ requests/).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText(/requests, paused/).waitFor();
    await page.getByLabel('Text').fill('UNSEEN_');
    await site.as('uma@acme.test').get('/people/me', { trackingid: 'UNSEEN_1' });
    await page.getByText(/^0 of .* requests, paused/).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText(/^1 of/).waitFor();
    await close();
  });

  it('exports what it saw as HAR', async () => {
    const { page, close } = await site.open(PATH, { as: ada });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export HAR' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('moothall.har');
    const { log } = (await json(await download.createReadStream())) as {
      log: { version: string; entries: unknown[] };
    };
    expect(log.version).toBe('1.2');
    expect(log.entries.length).toBeGreaterThan(0);
    await close();
  });

  it('stops the clock and moves it on', { timeout: 120_000 }, async () => {
    const clock = async () => (await site.lab.get('/lab/v1/clock')).body as { now: string; frozen: boolean };
    const { page, problems, close } = await site.open(PATH, { as: ada });
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByText('frozen', { exact: true }).waitFor();
    const before = await clock();
    expect(before.frozen).toBe(true);
    await page.getByRole('button', { name: '+1 day' }).click();
    // While the clock is on its way it is seen at what falls due in between.
    const passedMs = async () => Date.parse((await clock()).now) - Date.parse(before.now);
    await expect.poll(passedMs).toBe(86_400_000);
    await page.getByRole('button', { name: 'Other…' }).click();
    await page.getByLabel('By').fill('soon');
    await page.getByRole('button', { name: 'Advance' }).click();
    await page.getByText(/'soon' is no duration/).waitFor();
    await page.getByLabel('By').fill('90m');
    await page.getByRole('button', { name: 'Advance' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await passedMs()).toBe(86_400_000 + 5_400_000);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('running', { exact: true }).waitFor();
    expect((await clock()).frozen).toBe(false);
    expect(problems).toEqual([]);
    await close();
  });

  it('makes things go wrong on purpose, and right again', async () => {
    const { page, problems, close } = await site.open(`${PATH}?tab=faults`, { as: ada });
    await page.getByLabel('Route').fill('GET /people/me');
    await page.getByLabel(/^Status/).fill('much');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.getByText("Status: 'much' is no number.").waitFor();
    await page.getByLabel(/^Status/).fill('503');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.getByRole('rowheader', { name: 'status 503' }).waitFor();
    expect((await site.as('uma@acme.test').get('/people/me')).status).toBe(503);
    await page.getByRole('cell', { name: '1 of 1 calls' }).waitFor();
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByText('Nothing goes wrong').waitFor();
    expect((await site.as('uma@acme.test').get('/people/me')).status).toBe(200);
    expect(problems).toEqual([]);
    await close();
  });

  it('shows deliveries and events of everybody, and delivers again', async () => {
    const uma = site.as('uma@acme.test');
    const hook = { name: 'w', targetUrl: `${sink.url}/seen`, resource: 'rooms', event: 'created' };
    expect((await uma.post('/webhooks', hook)).status).toBe(200);
    await uma.post('/rooms', { title: 'Watched' }, { trackingid: 'WATCHED_1' });
    await site.lab.post('/lab/v1/idle');
    const { page, problems, close } = await site.open(`${PATH}?tab=webhooks`, { as: ada });
    await page
      .getByRole('option', { name: /\/seen/ })
      .first()
      .click();
    const drawer = page.getByRole('dialog', { name: 'Delivery' });
    await drawer.getByRole('button', { name: 'Deliver again' }).click();
    await expect.poll(() => sink.at('/seen').length).toBe(2);
    await drawer.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('tab', { name: 'Events' }).click();
    await page.getByLabel('Text').fill('WATCHED_1');
    await page.getByRole('option', { name: /created rooms/ }).click();
    await page.getByRole('dialog', { name: 'rooms created' }).getByText('WATCHED_1').waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it.each([
    ['requests', `${PATH}?paused=1`],
    ['webhooks', `${PATH}?paused=1&tab=webhooks`],
    ['events', `${PATH}?paused=1&tab=events`],
    ['faults', `${PATH}?paused=1&tab=faults`],
  ])('is sound: %s', { timeout: 120_000 }, (name, path) =>
    auditPage(site, { name: `inspector-${name}`, path, as: ada }),
  );

  it.each([
    ['Said', 'Reply'],
    ['Send again', 'Path with query'],
  ])('is sound: a request, %s', { timeout: 120_000 }, (tab, text) =>
    auditPage(site, {
      name: `inspector-request-${tab.toLowerCase().replace(' ', '-')}`,
      path: `${PATH}?paused=1`,
      as: ada,
      prepare: async (page) => {
        await requests(page).getByRole('option').first().click();
        await drawerOf(page).getByRole('tab', { name: tab }).click();
        await drawerOf(page).getByText(text).first().waitFor();
      },
    }),
  );
});
