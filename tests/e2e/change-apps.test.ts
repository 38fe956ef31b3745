import { type AnyBody, apiClient, postForm, type Sink, startSink, type TestPerson } from '@moothall/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { startTestSite, type TestSite } from './browser.ts';
import { chooseScope } from './create-apps.ts';

let site: TestSite;
let sink: Sink;
let ada: TestPerson;
beforeAll(async () => {
  [site, sink] = await Promise.all([startTestSite(), startSink()]);
  ada = await site.kit.addPerson({ name: 'Ada Adler', email: 'ada@acme.test' });
});
afterAll(async () => {
  await site.close();
  await sink.close();
});

/** An app of Ada's, with its secret. */
async function make(form: Record<string, unknown>): Promise<{ app: AnyBody; secret: string }> {
  const { body } = await (await site.kit.page(ada, 'portal')).post('/portal/api/apps', form);
  return { app: body.app, secret: body.secret?.value };
}

const integration = (name: string) =>
  make({
    type: 'integration',
    name,
    redirectUris: [`${sink.url}/cb`],
    scopes: ['spark:people_read'],
    description: 'Keeps customers and spaces together.',
  });

const settings = (page: Page) => page.getByRole('button', { name: 'Save changes' });

/** Goes through consent in the browser and redeems the code. */
async function authorise(page: Page, app: AnyBody, secret: string): Promise<AnyBody> {
  await page.goto(app.integration.authorizationUrl);
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(`${sink.url}/cb?*`);
  const code = new URL(page.url()).searchParams.get('code')!;
  const form = { grant_type: 'authorization_code', code, redirect_uri: `${sink.url}/cb` };
  return (await postForm(site.kit, { clientId: app.clientId, secret }, form)).body;
}

describe('another scope', () => {
  it('is missing from tokens that exist, is named on the consent page, and then is there (F58, F59, F60)', async () => {
    const { app, secret } = await integration('CRM');
    const { page, problems, close } = await site.open('/portal', { as: ada });
    const first = await authorise(page, app, secret);
    const rooms = async (token: string) => (await apiClient(site.baseUrl, token).get('/rooms')).status;
    await page.goto(`${site.baseUrl}/portal/apps/${app.id}`);
    await chooseScope(page, 'spark:rooms_read');
    await page.getByText('it comes when each person consents again').waitFor();
    await settings(page).click();
    await page.getByText('1 of 1 people have not allowed spark:rooms_read').waitFor();
    expect(await rooms(first.access_token)).toBe(403);
    const refreshed = await postForm(
      site.kit,
      { clientId: app.clientId, secret },
      { grant_type: 'refresh_token', refresh_token: first.refresh_token },
    );
    expect(await rooms(refreshed.body.access_token)).toBe(403);
    await page.goto(`${site.baseUrl}/portal/apps`);
    await page.getByText('1 of 1 people have not allowed spark:rooms_read').waitFor();
    const changed = (await (await site.kit.page(ada, 'portal')).get(`/portal/api/apps/${app.id}`)).body;
    await page.goto(changed.integration.authorizationUrl);
    const added = page.getByRole('listitem').filter({ hasText: 'spark:rooms_read' });
    await added.getByText('New', { exact: true }).waitFor();
    const second = await authorise(page, changed, secret);
    expect(await rooms(second.access_token)).toBe(200);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('two tabs that edit one app', () => {
  it('lose neither the change of the first nor the text of the second', async () => {
    const { app } = await integration('Notes');
    const one = await site.open(`/portal/apps/${app.id}`, { as: ada });
    const other = await site.open(`/portal/apps/${app.id}`, { as: ada });
    await other.page.getByLabel('Description').fill('Written in the second tab.');
    await one.page.getByLabel('Name', { exact: true }).fill('Notebook');
    await settings(one.page).click();
    await one.page.getByRole('heading', { level: 1, name: 'Notebook' }).waitFor();
    await settings(other.page).click();
    await other.page.getByText('Somebody else changed this meanwhile').waitFor();
    expect(await other.page.getByLabel('Description').inputValue()).toBe('Written in the second tab.');
    await other.page.getByRole('button', { name: 'Reload, and keep what I entered' }).click();
    await expect.poll(() => other.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Notebook');
    expect(await other.page.getByLabel('Description').inputValue()).toBe('Written in the second tab.');
    await settings(other.page).click();
    await other.page.getByText('The app was saved').first().waitFor();
    const { body } = await (await site.kit.page(ada, 'portal')).get(`/portal/api/apps/${app.id}`);
    expect(body).toMatchObject({ name: 'Notebook', description: 'Written in the second tab.' });
    expect([...one.problems, ...other.problems]).toEqual([]);
    await one.close();
    await other.close();
  });
});

describe('an app', () => {
  it('gets an icon of its own, or a clear word why not', async () => {
    const { app } = await make({ type: 'guest_issuer', name: 'Desk' });
    const { page, problems, close } = await site.open(`/portal/apps/${app.id}`, { as: ada });
    const choose = (name: string, mimeType: string, buffer: Buffer) =>
      page.getByLabel('Image').setInputFiles({ name, mimeType, buffer });
    await choose('icon.png', 'image/png', Buffer.from('no image at all'));
    await page.getByText('send a PNG or JPEG').waitFor();
    const pixel =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    await choose('icon.png', 'image/png', Buffer.from(pixel, 'base64'));
    await page.locator('img.app-icon').waitFor();
    expect(await page.locator('img.app-icon').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(
      1,
    );
    expect(problems).toEqual([]);
    await close();
  });

  it('is deleted after its name was typed, and its token with it', async () => {
    const { app, secret } = await make({ type: 'bot', name: 'Echo', username: 'echo-to-end' });
    const { page, problems, close } = await site.open(`/portal/apps/${app.id}`, { as: ada });
    await page.getByRole('button', { name: 'Delete this app' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete Echo?' });
    expect(await dialog.getByRole('button', { name: 'Delete bot' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Type Echo to go on').fill('Echo');
    await dialog.getByRole('button', { name: 'Delete bot' }).click();
    await page.getByText('Echo was deleted').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/portal/apps');
    expect((await apiClient(site.baseUrl, secret).get('/people/me')).status).toBe(401);
    expect(problems).toEqual([]);
    await close();
  });

  it('of somebody else is not there', async () => {
    const { app } = await make({ type: 'guest_issuer', name: 'Secret desk' });
    const bob = await site.kit.addPerson({ name: 'Bob Baker' });
    const { page, close } = await site.open(`/portal/apps/${app.id}`, { as: bob });
    await page.getByText('Could not find an app with provided ID.').waitFor();
    expect(await page.getByText('Secret desk').count()).toBe(0);
    await close();
  });
});

describe('the list', () => {
  it('is narrowed by kind, state and text; the address and the back button keep that', async () => {
    await make({ type: 'bot', name: 'Weather bot', username: 'weather-in-list' });
    const { page, problems, close } = await site.open('/portal/apps', { as: ada });
    await page.getByRole('link', { name: 'Weather bot' }).waitFor();
    await page.getByLabel('Kind').selectOption('bot');
    await page.getByText('One app').waitFor();
    await page.getByLabel('Search').fill('weather');
    await page.waitForURL(/type=bot&q=weather$/);
    await page.getByLabel('State').selectOption('draft');
    await page.getByText('None of your apps is like that').waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Weather bot' }).waitFor();
    expect(await page.getByLabel('State').inputValue()).toBe('');
    await page.reload();
    await page.getByText('One app').waitFor();
    expect(await page.getByLabel('Search').inputValue()).toBe('weather');
    expect(problems).toEqual([]);
    await close();
  });
});

describe('the pages of apps', () => {
  it('hold: the list', { timeout: 120_000 }, () =>
    auditPage(site, { name: 'portal-apps', path: '/portal/apps', as: ada }),
  );

  it('hold: an integration', { timeout: 120_000 }, async () => {
    const { app } = await integration('Audited CRM');
    await auditPage(site, { name: 'portal-app-integration', path: `/portal/apps/${app.id}`, as: ada });
  });

  it('hold: a service app', { timeout: 120_000 }, async () => {
    const scopes = ['spark-admin:people_read'];
    const { app } = await make({
      type: 'service_app',
      name: 'Report',
      scopes,
      contactEmail: 'ada@acme.test',
    });
    await (await site.kit.page(ada, 'portal')).post(`/portal/api/apps/${app.id}/authorization-requests`, {});
    await auditPage(site, { name: 'portal-app-service', path: `/portal/apps/${app.id}`, as: ada });
  });

  it('hold: a new bot with its token', { timeout: 120_000 }, async () => {
    let count = 0;
    await auditPage(site, {
      name: 'portal-app-fresh-bot',
      path: '/portal/apps/new/bot',
      as: ada,
      prepare: async (page) => {
        count += 1;
        await page.getByLabel('Name', { exact: true }).fill('Echo');
        await page.getByLabel('Username').fill(`audited-${count}`);
        await page.getByRole('button', { name: 'Create a bot' }).click();
        await page.getByText('Copy the access token now').waitFor();
      },
    });
  });

  it('hold: choice of a kind', { timeout: 120_000 }, () =>
    auditPage(site, { name: 'portal-apps-new', path: '/portal/apps/new', as: ada }),
  );

  it.each(['integration', 'embedded'])('hold: form of %s, refused', { timeout: 120_000 }, (kind) =>
    auditPage(site, {
      name: `portal-apps-new-${kind}`,
      path: `/portal/apps/new/${kind}`,
      as: ada,
      prepare: async (page) => {
        await page.getByRole('button', { name: /^Create an/ }).click();
        await page.getByText('Give the app a name.').waitFor();
      },
    }),
  );
});
