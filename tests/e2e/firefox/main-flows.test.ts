import { createLab } from '@moothall/lab';
import type { Door } from '@moothall/platform';
import type { DatabaseAddress } from '@moothall/store';
import {
  addClient,
  answerOf,
  apiClient,
  givePassword,
  inDatabase,
  postForm,
  queryOf,
  type Sink,
  startSink,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { webDoor } from '../../../apps/server/src/web-door.ts';
import { screenshotPath } from '../browser/screenshot.ts';
import { type Firefox, type FirefoxPage, firefoxPath, startFirefox } from './firefox.ts';

const PASSWORD = 'correct-horse-1';
const WAIT = { timeout: 30_000, interval: 50 };

const named = (role: string, name: string) => `::-p-aria([name="${name}"][role="${role}"])`;
const withText = (path: string) => `::-p-xpath(${path})`;

describe.skipIf(firefoxPath === undefined)('Firefox (needs firefox-esr)', { timeout: 120_000 }, () => {
  let kit: TestPlatform;
  let sink: Sink;
  let firefox: Firefox;
  let ada: TestPerson;
  let signedIn: FirefoxPage;

  beforeAll(async () => {
    kit = await startTestPlatform({ doors: [labDoor(), webDoor] });
    sink = await startSink();
    firefox = await startFirefox();
    ada = await kit.addPerson({ name: 'Ada Adler', email: 'ada@acme.test', roles: ['full_admin'] });
    await givePassword(kit, ada, PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await firefox?.close();
    await sink?.close();
    await kit?.close();
  });

  it('signs in by keyboard, and goes back to the page that asked', async () => {
    signedIn = await firefox.open(`${kit.baseUrl}/account/sessions`);
    const { page, problems } = signedIn;
    await page.waitForSelector(named('heading', 'Sign in'));
    await page.waitForSelector('input[type=email]:focus');
    await page.keyboard.type('ada@acme.test');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector(named('heading', 'Devices and sessions'));
    expect(problems).toEqual([]);
  });

  it('consents to an integration, which gets code and state; END SESSION ends its token (F21, F54)', async () => {
    const { page, problems } = signedIn;
    const client = await addClient(kit, { redirectUris: [`${sink.url}/cb`] });
    await page.goto(`${kit.baseUrl}/v1/authorize?${queryOf(client, { state: 'ä & =?' })}`);
    await page.waitForSelector(named('heading', 'Allow CRM?'));
    await page.focus(named('button', 'Accept'));
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url(), WAIT).toContain(`${sink.url}/cb?`);
    const { code, state } = answerOf(page.url());
    expect(state).toBe('ä & =?');
    const form = { grant_type: 'authorization_code', code: code!, redirect_uri: client.redirectUri };
    const { body } = await postForm(kit, client, form);
    const crm = apiClient(kit.baseUrl, body.access_token);
    expect((await crm.get('/people/me')).body.emails).toEqual(['ada@acme.test']);

    await page.goto(`${kit.baseUrl}/account/sessions`);
    await page.locator(withText('//tr[contains(., "CRM")]//button[normalize-space()="End session"]')).click();
    await page.locator(withText('//*[@role="dialog"]//button[normalize-space()="End session"]')).click();
    await page.waitForSelector(withText('//*[normalize-space()="CRM was ended"]'));
    expect((await crm.get('/people/me')).status).toBe(401);
    expect(problems).toEqual([]);
  });

  it.each([
    { entry: '/account', among: ['Devices and sessions'] },
    { entry: '/portal', among: ['My apps', 'Documentation'] },
    { entry: '/hub', among: ['Users', 'Apps'] },
  ])('opens every page that the navigation of $entry leads to', async ({ entry, among }) => {
    const { page, problems } = signedIn;
    expect(await walkNavigation(page, kit.baseUrl + entry)).toEqual(expect.arrayContaining(among));
    expect(problems).toEqual([]);
  });

  it('shows the dark colours that a reader chose, and keeps them', async () => {
    const { page, problems } = signedIn;
    await page.goto(`${kit.baseUrl}/portal`);
    await page.waitForSelector('h1');
    const light = await background(page);
    await page.focus(named('button', 'Colours: As the system'));
    await page.keyboard.press('Enter');
    await page.locator(named('menuitem', 'Dark')).click();
    await page.waitForSelector('html[data-theme=dark]');
    const dark = await background(page);
    expect(dark).not.toBe(light);
    await page.reload();
    await page.waitForSelector('html[data-theme=dark] h1');
    expect(await background(page)).toBe(dark);
    await page.screenshot({ path: screenshotPath('firefox-portal-dark'), fullPage: true });
    expect(problems).toEqual([]);
  });

  it('would tell of a breach of the policy, and calls nobody off this machine', async () => {
    const { page, problems, close } = await firefox.open(`${kit.baseUrl}/portal`);
    await page.evaluate(() => {
      document.body.append(Object.assign(new Image(), { src: 'https://evil.test/x.png' }));
    });
    await expect.poll(() => problems.join(), WAIT).toContain('img-src https://evil.test/x.png');
    await close();
    expect(firefox.outsideCalls).toEqual([]);
  });
});

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

/** Some pages of a lab ask its own plane. */
function labDoor(): Door {
  const server = JSON.parse(inject('testServer')) as DatabaseAddress;
  return createLab({ labKey: 'the lab key of a page test', maintenance: inDatabase(server, 'postgres') })
    .door;
}

/**
 * Follows each link of an entry's navigation within the page, and waits until all of its page is shown.
 * @returns the links' names
 */
async function walkNavigation(page: Page, address: string): Promise<(string | null)[]> {
  await page.goto(address);
  await page.waitForSelector('.shell-nav-link');
  const labels = await page.$$eval('.shell-nav-link', (links) => links.map((link) => link.textContent));
  for (const label of labels) {
    const text = `[normalize-space()="${label}"]`;
    await page.locator(withText(`//a[contains(@class, "shell-nav-link")]${text}`)).click();
    await page.waitForSelector(
      withText(`//a[contains(@class, "shell-nav-link")][@aria-current="page"]${text}`),
    );
    await page.waitForSelector('main h1');
    await page.waitForSelector('main .skeleton', { hidden: true });
    const shown = await page.$eval('main', (main) => main.textContent);
    expect(shown, `${label} of ${address}`).not.toMatch(/could not be loaded|You may not see this page/);
  }
  return labels;
}
