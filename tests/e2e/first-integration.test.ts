import { givePassword, type Sink, startSink, type TestPerson } from '@moothall/testkit';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from './browser/screenshot.ts';
import { startTestSite, type TestSite } from './browser.ts';
import { chooseScope } from './create-apps.ts';

const PASSWORD = 'first-horse-12';
const TWO_MINUTES_MS = 120_000;
/** Of people who are at home with a keyboard, by the keystroke-level model: a key, and a look with a click. */
const KEY_MS = 280;
const CLICK_MS = 2650;

let site: TestSite;
let sink: Sink;
let nia: TestPerson;
beforeAll(async () => {
  [site, sink] = await Promise.all([startTestSite(), startSink()]);
  nia = await site.kit.addPerson({ name: 'Nia New', email: 'nia@acme.test' });
  await givePassword(site.kit, nia, PASSWORD);
});
afterAll(async () => {
  await site.close();
  await sink.close();
});

/** What a person's hands do, counted; each step is kept as a picture. */
function startRecorder(page: Page) {
  const counts = { clicks: 0, keys: 0, pastes: 0, steps: 0 };
  return {
    counts,
    async click(target: Locator) {
      counts.clicks += 1;
      await target.click();
    },
    async type(target: Locator, text: string) {
      counts.clicks += 1;
      counts.keys += text.length;
      await target.fill(text);
    },
    async copy(target: Locator): Promise<string> {
      counts.pastes += 1;
      return (await target.innerText()).trim();
    },
    async step(name: string) {
      counts.steps += 1;
      // In a picture of the whole page the header stands where the page is scrolled to.
      await page.evaluate(() => window.scrollTo(0, 0));
      await screenshot(page, `first-integration/${String(counts.steps).padStart(2, '0')}-${name}`);
    },
    /** How long the hands need for it, beside the waiting. */
    handsMs: () => (counts.clicks + 2 * counts.pastes) * CLICK_MS + counts.keys * KEY_MS,
  };
}

/** Runs a curl command as the page shows it: address, headers and form. */
async function run(command: string): Promise<{ status: number; body: Record<string, string> }> {
  const parts = [...command.matchAll(/(curl|-H|--data-urlencode) '([^']*)'/g)].map(([, flag, text]) => [
    flag,
    text,
  ]);
  const of = (flag: string) => parts.filter(([name]) => name === flag).map(([, text]) => text ?? '');
  const [url] = of('curl');
  const form = of('--data-urlencode').map((field) => [
    field.split('=', 1)[0]!,
    field.slice(field.indexOf('=') + 1),
  ]);
  const headers = Object.fromEntries(of('-H').map((line) => line.split(': ', 2) as [string, string]));
  const body = form.length > 0 ? new URLSearchParams(form as [string, string][]) : undefined;
  const reply = await fetch(url!, { headers, ...(body && { method: 'POST', body }) });
  return { status: reply.status, body: (await reply.json()) as Record<string, string> };
}

const commandAt = (page: Page, part: RegExp) =>
  page.getByRole('tabpanel').filter({ hasText: part }).locator('pre').first();

describe('a person new to it', () => {
  it('makes an integration, authorises it and calls the API with its token, in under two minutes', {
    timeout: TWO_MINUTES_MS,
  }, async () => {
    const started = performance.now();
    const { page, problems, close } = await site.open('/portal');
    const hands = startRecorder(page);
    await hands.step('portal');

    await hands.click(page.getByRole('link', { name: 'My apps' }).first());
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await hands.type(page.getByLabel('E-mail address'), 'nia@acme.test');
    await hands.type(page.getByLabel('Password'), PASSWORD);
    await hands.step('sign-in');
    await hands.click(page.getByRole('button', { name: 'Sign in' }));

    await page.getByText('You have no apps yet').waitFor();
    await hands.step('no-apps');
    await hands.click(page.getByRole('link', { name: 'Create your first app' }));
    await page.getByRole('link', { name: 'Create an integration' }).waitFor();
    await hands.step('kinds');
    await hands.click(page.getByRole('link', { name: 'Create an integration' }));

    await hands.type(page.getByLabel('Name', { exact: true }), 'My first app');
    await hands.type(page.getByLabel('Redirect URI 1'), `${sink.url}/cb`);
    hands.counts.clicks += 2;
    hands.counts.keys += 'spark:people_read'.length;
    await chooseScope(page, 'spark:people_read');
    await hands.step('form');
    await hands.click(page.getByRole('button', { name: 'Create an integration' }));

    await page.getByRole('heading', { level: 1, name: 'My first app' }).waitFor();
    await page.getByText('Copy the client secret now').waitFor();
    const exchange = await hands.copy(commandAt(page, /grant_type=authorization_code/));
    const call = await hands.copy(commandAt(page, /ACCESS_TOKEN/));
    await hands.step('created');
    await hands.click(page.getByRole('link', { name: 'Open it here' }));

    await page.getByRole('heading', { name: 'Allow My first app?' }).waitFor();
    await hands.step('consent');
    await hands.click(page.getByRole('button', { name: 'Accept' }));
    await page.waitForURL(`${sink.url}/cb?*`);
    await hands.step('back-at-the-app');

    const code = new URL(page.url()).searchParams.get('code')!;
    const tokens = await run(exchange.replace('code=CODE', `code=${code}`));
    expect(tokens).toMatchObject({ status: 200, body: { expires_in: 1_209_599 } });
    const me = await run(call.replace('ACCESS_TOKEN', tokens.body.access_token!));
    hands.counts.pastes += 2;
    const tookMs = performance.now() - started;

    expect(me).toMatchObject({ status: 200, body: { displayName: 'Nia New', emails: ['nia@acme.test'] } });
    expect(problems).toEqual([]);
    const { clicks, keys, pastes, steps } = hands.counts;
    const seconds = (ms: number) => Math.round(ms / 100) / 10;
    process.stdout.write(
      `first integration: ${steps} steps, ${clicks} clicks, ${keys} keys, ${pastes} copies; ` +
        `${seconds(tookMs)} s in the browser, ${seconds(tookMs + hands.handsMs())} s with a person's hands\n`,
    );
    expect(steps).toBeLessThanOrEqual(8);
    expect(clicks).toBeLessThanOrEqual(14);
    expect(tookMs + hands.handsMs()).toBeLessThan(TWO_MINUTES_MS);
    await close();
  });
});
