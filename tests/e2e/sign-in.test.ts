import {
  addClient,
  answerOf,
  apiClient,
  givePassword,
  postForm,
  queryOf,
  type Sink,
  startSink,
  type TestPerson,
} from '@moothall/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { startTestSite, type TestSite } from './browser.ts';

const PASSWORD = 'correct-horse-1';
let site: TestSite;
let sink: Sink;
let ada: TestPerson;
beforeAll(async () => {
  [site, sink] = await Promise.all([startTestSite(), startSink()]);
  ada = await site.kit.addPerson({ name: 'Ada Adler', email: 'ada@acme.test' });
  await givePassword(site.kit, ada, PASSWORD);
});
afterAll(async () => {
  await site.close();
  await sink.close();
});

async function signIn(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail address').fill('ada@acme.test');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const crm = (scopes?: string[]) =>
  addClient(site.kit, { redirectUris: [`${sink.url}/cb`], ...(scopes && { scopes }) });

describe('signing in', () => {
  it('goes by keyboard alone, and back to the page that asked', async () => {
    const { page, problems, close } = await site.open('/account/sessions');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.locator('input[type=email]:focus').waitFor();
    await page.keyboard.type('ada@acme.test');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong-horse-1');
    await page.keyboard.press('Enter');
    await page.getByText('The e-mail address or the password is not right.').waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('ada@acme.test');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Devices and sessions' }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('leads nowhere but to this site', async () => {
    const { page, close } = await site.open('/account/sign-in?next=https://evil.test/');
    await signIn(page);
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    expect(new URL(page.url()).origin).toBe(site.baseUrl);
    await close();
  });
});

describe('F54: an authorisation in a browser', () => {
  it('goes through sign-in and consent to the app, with code and state', async () => {
    const client = await crm();
    const { page, problems, close } = await site.open(
      `/v1/authorize?${queryOf(client, { state: 'ä & =?' })}`,
    );
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(page);
    await page.getByRole('heading', { name: 'Allow CRM?' }).waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'spark:people_read' }).count()).toBe(1);
    expect(await page.getByText('New', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.waitForURL(`${sink.url}/cb?*`);
    const { code, state } = answerOf(page.url());
    expect(state).toBe('ä & =?');
    const form = { grant_type: 'authorization_code', code: code!, redirect_uri: client.redirectUri };
    const { body } = await postForm(site.kit, client, form);
    const me = await apiClient(site.baseUrl, body.access_token).get('/people/me');
    expect(me.body.emails).toEqual(['ada@acme.test']);
    expect(problems).toEqual([]);
    await close();
  });

  it('that is declined tells the app so', async () => {
    const { page, close } = await site.open(`/v1/authorize?${queryOf(await crm())}`, { as: ada });
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.waitForURL(`${sink.url}/cb?*`);
    expect(answerOf(page.url())).toMatchObject({ error: 'access_denied', state: 'a state' });
    await close();
  });

  it('names what is new since the last consent (F60)', async () => {
    const client = await crm(['spark:people_read', 'spark:rooms_read']);
    const first = await site.open(`/v1/authorize?${queryOf(client, { scope: 'spark:people_read' })}`, {
      as: ada,
    });
    await first.page.getByRole('button', { name: 'Accept' }).click();
    await first.page.waitForURL(`${sink.url}/cb?*`);
    const { code } = answerOf(first.page.url());
    const form = { grant_type: 'authorization_code', code: code!, redirect_uri: client.redirectUri };
    expect((await postForm(site.kit, client, form)).status).toBe(200);
    await first.page.goto(`${site.baseUrl}/v1/authorize?${queryOf(client)}`);
    const added = first.page.getByRole('listitem').filter({ hasText: 'spark:rooms_read' });
    await added.getByText('New', { exact: true }).waitFor();
    expect(await first.page.getByText('New', { exact: true }).count()).toBe(1);
    await first.close();
  });

  it('is not sent to an address that the app has not registered', async () => {
    const query = queryOf({ ...(await crm()), redirectUri: 'https://evil.test/cb' });
    const { page, close } = await site.open(`/v1/authorize?${query}`, { as: ada });
    await page.getByRole('heading', { name: "The app's request is wrong" }).waitFor();
    expect(new URL(page.url()).origin).toBe(site.baseUrl);
    await close();
  });
});

describe('the pages', () => {
  it('of signing in hold', { timeout: 120_000 }, () =>
    auditPage(site, { name: 'account-sign-in', path: '/account/sign-in' }),
  );

  it('of consent hold', { timeout: 120_000 }, async () => {
    const client = await crm(['spark:people_read', 'spark:rooms_read', 'spark-admin:people_read']);
    await auditPage(site, { name: 'account-consent', path: `/v1/authorize?${queryOf(client)}`, as: ada });
  });

  it('of a password hold', { timeout: 120_000 }, async () => {
    await auditPage(site, { name: 'account-password', path: '/account/password', as: ada });
    await auditPage(site, { name: 'account-password-reset', path: '/account/password-reset' });
  });
});

describe('a device without a browser', () => {
  it('is connected by its code, in behaviour cloud', { timeout: 120_000 }, async () => {
    site.kit.world.config.behaviour = 'cloud';
    const client = await crm();
    const scope = 'spark:people_read';
    const { body: asked } = await postForm(site.kit, client, { scope }, '/device/authorize');
    await auditPage(site, { name: 'account-device', path: '/account/device', as: ada });
    const { page, problems, close } = await site.open('/account/device', { as: ada });
    await page.getByLabel('Code').fill(asked.user_code);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Only go on if you started this').waitFor();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('The device is connected').waitFor();
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: asked.device_code,
    };
    const { status } = await postForm(site.kit, client, form, '/device/token');
    expect(status).toBe(200);
    expect(problems).toEqual([]);
    await close();
    site.kit.world.config.behaviour = 'faq';
  });
});
