import { apiClient, type TestPerson } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { sidewaysOverflow } from './browser/layout.ts';
import { startTestSite, type TestSite } from './browser.ts';
import { shownSecret } from './create-apps.ts';

let site: TestSite;
let ada: TestPerson;
beforeAll(async () => {
  site = await startTestSite({ limits: { 'room.members': 7 } });
  ada = await site.kit.addPerson({ name: 'Ada Adler', email: 'ada@acme.test' });
});
afterAll(() => site.close());

describe('the personal access token', () => {
  it('is shown once, calls the API, and ends when there is another', async () => {
    const { page, problems, close } = await site.open('/portal/token', { as: ada });
    await page.getByRole('button', { name: 'Make a token' }).click();
    const token = await shownSecret(page, 'personal access token');
    await page.getByText(`Authorization: Bearer ${token}`).waitFor();
    expect((await apiClient(site.baseUrl, token).get('/people/me')).body.emails).toEqual(['ada@acme.test']);
    await page.reload();
    await page.getByRole('button', { name: 'Make another token' }).click();
    expect(await page.content()).not.toContain(token);
    await page.getByRole('dialog').getByRole('button', { name: 'Make another token' }).click();
    const fresh = await shownSecret(page, 'personal access token');
    expect((await apiClient(site.baseUrl, token).get('/people/me')).status).toBe(401);
    expect((await apiClient(site.baseUrl, fresh).get('/people/me')).status).toBe(200);
    await page.getByRole('button', { name: 'End token' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End token' }).click();
    await page.getByText('You have no token now').waitFor();
    expect((await apiClient(site.baseUrl, fresh).get('/people/me')).status).toBe(401);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('scopes', () => {
  it('are found by what they mean and by the call that needs them; the address keeps the search', async () => {
    const { page, problems, close } = await site.open('/portal/scopes', { as: ada });
    await page.getByLabel('Search').fill('/v1/rooms spark:rooms_write');
    const row = page.getByRole('row').filter({ has: page.getByText('spark:rooms_write', { exact: true }) });
    await page.getByText(/^1 of \d+ scopes$/).waitFor();
    await row.getByText(/operations$/).click();
    await row.getByText('POST /v1/rooms', { exact: true }).waitFor();
    await page.reload();
    await page.getByText(/^1 of \d+ scopes$/).waitFor();
    await page.getByLabel('Who may grant it').selectOption('compliance');
    await page.getByText('No scope is like that').waitFor();
    await page.goBack();
    await page.getByText(/^1 of \d+ scopes$/).waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});

describe('limits', () => {
  it('tell the values in force, and which of them the operator has set', async () => {
    const { page, problems, close } = await site.open('/portal/limits?shown=changed', { as: ada });
    const row = page.getByRole('row').filter({ hasText: 'room.members' });
    await row.getByText(/^7 /).first().waitFor();
    expect(await row.getByText(/^Usually 5,000 /).count()).toBe(1);
    await page.getByLabel('Shown').selectOption('');
    await page.getByLabel('Search').fill('personal access token');
    await page.getByText('12 hours').first().waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});

describe('F2: the support policy', () => {
  it('lists versions, the time to change over and kinds of changes, to everybody', async () => {
    const { page, problems, close } = await site.open('/portal/support');
    for (const name of ['Supported versions', 'Time to change over', 'Kinds of changes', 'Help'])
      await page.getByRole('heading', { name }).waitFor();
    expect(await page.getByText('12 months', { exact: true }).count()).toBe(1);
    expect(await page.getByText('support@moothall.test').count()).toBeGreaterThan(0);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('the pages', () => {
  it.each(['token', 'scopes?q=rooms', 'limits?q=token', 'support'])(
    'hold: %s',
    { timeout: 120_000 },
    (path) => auditPage(site, { name: `portal-${path.split('?')[0]}`, path: `/portal/${path}`, as: ada }),
  );

  it.each(['scopes', 'limits'])('stick out nowhere in a narrow window, however long: %s', async (path) => {
    const { page, problems, close } = await site.open(`/portal/${path}`, { as: ada, widthPx: 320 });
    await page.getByRole('table').waitFor();
    expect(await sidewaysOverflow(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });
});
