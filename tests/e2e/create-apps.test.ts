import { createHmac } from 'node:crypto';
import { apiClient, codeOf, postForm, redeem, type TestPerson } from '@moothall/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSite, type TestSite } from './browser.ts';
import { chooseScope, renewSecret, shownSecret, shownValue } from './create-apps.ts';

let site: TestSite;
let ada: TestPerson;
beforeAll(async () => {
  site = await startTestSite();
  ada = await site.kit.addPerson({ name: 'Ada Adler', email: 'ada@acme.test', roles: ['full_admin'] });
});
afterAll(() => site.close());

async function begin(kind: string) {
  const opened = await site.open('/portal/apps', { as: ada });
  const { page } = opened;
  await page
    .getByRole('link', { name: /^Create (a new|your first) app$/ })
    .first()
    .click();
  await page.getByRole('link', { name: `Create ${kind}` }).click();
  await page.getByRole('heading', { level: 1, name: `Create ${kind}` }).waitFor();
  return opened;
}

const send = (page: Page, kind: string) => page.getByRole('button', { name: `Create ${kind}` }).click();

/** After a reload the page of the app is there, and the secret is nowhere in it. */
async function forgetsOnReload(page: Page, secret: string): Promise<void> {
  await page.reload();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  expect(await page.content()).not.toContain(secret);
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
  );
  expect(stored).not.toContain(secret);
}

const me = (token: string) => apiClient(site.baseUrl, token).get('/people/me');

describe('F62: a person creates in the portal', () => {
  it('a bot, whose token is shown once and dies by another', async () => {
    const { page, problems, close } = await begin('a bot');
    await page.getByLabel('Name', { exact: true }).fill('Echo');
    await page.getByLabel('Username').fill('admin');
    await page.getByText("'admin' is reserved").waitFor();
    await page.getByLabel('Username').fill('echo');
    await page.getByText('echo@webex.bot is free.').waitFor();
    await send(page, 'a bot');
    await page.getByRole('heading', { level: 1, name: 'Echo' }).waitFor();
    const token = await shownSecret(page, 'access token');
    expect((await me(token)).body).toMatchObject({
      type: 'bot',
      displayName: 'Echo',
      emails: ['echo@webex.bot'],
    });
    expect(await page.getByText(`Authorization: Bearer ${token}`).count()).toBeGreaterThan(0);
    await forgetsOnReload(page, token);
    const fresh = await renewSecret(page, 'access token');
    expect([(await me(token)).status, (await me(fresh)).status]).toEqual([401, 200]);
    await page.getByRole('button', { name: 'I have stored it' }).click();
    expect(await page.content()).not.toContain(fresh);
    expect(problems).toEqual([]);
    await close();
  });

  it('an integration, whose secret is shown once and dies by another', async () => {
    const { page, problems, close } = await begin('an integration');
    await send(page, 'an integration');
    await page.getByText('Give the app a name.').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).evaluate((e) => e === document.activeElement)).toBe(
      true,
    );
    await page.getByLabel('Name', { exact: true }).fill('CRM');
    await page.getByLabel('Redirect URI 1').fill('https://crm.test/cb#part');
    await send(page, 'an integration');
    await page.getByText("leave out the part from '#' on").waitFor();
    await page.getByText('Choose at least one scope.').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('CRM');
    await page.getByLabel('Redirect URI 1').fill('https://crm.test/cb');
    await chooseScope(page, 'spark:people_read');
    // Twice in a row, as an impatient hand does: one app is made.
    await page.getByRole('button', { name: 'Create an integration' }).dblclick();
    const secret = await shownSecret(page, 'client secret');
    const clientId = await shownValue(page, 'Client ID');
    const listed = await (await site.kit.page(ada, 'portal')).get('/portal/api/apps?type=integration');
    expect(listed.body.items).toHaveLength(1);
    const client = { appId: '', clientId, secret, redirectUri: 'https://crm.test/cb' };
    const tokens = (await redeem(site.kit, client, await codeOf(site.kit, client, ada))).body;
    expect((await me(tokens.access_token)).status).toBe(200);
    await forgetsOnReload(page, secret);
    const fresh = await renewSecret(page, 'client secret');
    const refresh = (value: string) =>
      postForm(
        site.kit,
        { clientId, secret: value },
        { grant_type: 'refresh_token', refresh_token: tokens.refresh_token },
      );
    expect([(await refresh(secret)).status, (await refresh(fresh)).status]).toEqual([400, 200]);
    expect(problems).toEqual([]);
    await close();
  });

  it('a guest issuer, whose secret signs guests in until there is another', async () => {
    const { page, problems, close } = await begin('a guest issuer');
    await page.getByLabel('Name', { exact: true }).fill('Front desk');
    await send(page, 'a guest issuer');
    const secret = await shownSecret(page, 'shared secret');
    const iss = await shownValue(page, 'Guest Issuer ID');
    expect((await loginAsGuest(iss, secret)).status).toBe(200);
    await forgetsOnReload(page, secret);
    const fresh = await renewSecret(page, 'shared secret');
    expect((await loginAsGuest(iss, secret)).status).toBe(401);
    expect((await loginAsGuest(iss, fresh)).status).toBe(200);
    expect(problems).toEqual([]);
    await close();
  });

  it('a service app, and asks for its authorisation', async () => {
    const { page, problems, close } = await begin('a service app');
    await page.getByLabel('Name', { exact: true }).fill('Nightly report');
    await page.getByLabel('Contact e-mail address').fill('ada@acme.test');
    await chooseScope(page, 'spark-admin:people_read');
    await send(page, 'a service app');
    const secret = await shownSecret(page, 'client secret');
    await page.getByRole('button', { name: 'Request authorisation' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Request authorisation' }).click();
    await page.getByRole('cell', { name: 'Requested' }).waitFor();
    const hub = await site.kit.page(ada, 'hub');
    const [asked] = (await hub.get('/hub/api/service-apps')).body.items;
    const decided = await hub.post(`/hub/api/service-apps/${asked.id}/authorization`, {
      version: asked.version,
    });
    expect(decided.status).toBe(200);
    await forgetsOnReload(page, secret);
    await page.getByRole('button', { name: 'Get tokens' }).click();
    await page.getByRole('textbox', { name: 'Client secret' }).fill(secret);
    await page.getByRole('dialog').getByRole('button', { name: 'Get tokens' }).click();
    await page.getByText('Copy them now').waitFor();
    const token = await shownValue(page, 'access token');
    expect((await apiClient(site.baseUrl, token).get('/people?max=1')).status).toBe(200);
    await page.getByRole('button', { name: 'I have stored them' }).click();
    await renewSecret(page, 'client secret');
    const applicationId = await shownValue(page, 'Application ID');
    const body = {
      clientId: await shownValue(page, 'Client ID'),
      clientSecret: secret,
      targetOrgId: asked.orgId,
    };
    expect(applicationId).not.toBe('');
    expect((await ada.api.post(`/applications/${applicationId}/token`, body)).status).not.toBe(200);
    expect(problems).toEqual([]);
    await close();
  });

  it('an embedded app, which has no secret and is in development', async () => {
    const { page, problems, close } = await begin('an embedded app');
    await page.getByLabel('Name', { exact: true }).fill('Notes');
    await send(page, 'an embedded app');
    await page.getByText('Choose where the app works.').waitFor();
    await page.getByLabel('Messaging').check();
    await page.getByLabel('Start page', { exact: true }).fill('https://notes.test/start');
    await page.getByLabel('Domain 1').fill('notes.test');
    await page.getByRole('button', { name: 'Add another' }).click();
    await page.keyboard.type('cdn.notes.test');
    await send(page, 'an embedded app');
    await page.getByText('Only you see it while it is in development.').waitFor();
    const { items } = (await (await site.kit.page(ada, 'portal')).get('/portal/api/apps?type=embedded')).body;
    expect(items).toMatchObject([
      {
        state: 'in_development',
        embedded: {
          contexts: ['space'],
          validDomains: ['notes.test', 'cdn.notes.test'],
          startUrl: 'https://notes.test/start',
        },
      },
    ]);
    expect(await page.getByRole('button', { name: /^Make a new/ }).count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });
});

function loginAsGuest(iss: string, secret: string) {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(site.kit.world.clock.nowMs() / 1000) + 3600;
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'guest-1', name: 'Gus Guest', iss, exp })}`;
  const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(text).digest('base64url');
  return site.kit.anonymous.post('/jwt/login', undefined, { authorization: `Bearer ${text}.${signature}` });
}
