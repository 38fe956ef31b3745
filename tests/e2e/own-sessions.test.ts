import type { TestPerson } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { startTestSite, type TestSite } from './browser.ts';

let site: TestSite;
let ada: TestPerson;
beforeAll(async () => {
  site = await startTestSite({ limits: { 'token.active_per_account': 3 } });
  ada = await site.kit.addPerson({ name: 'Ada Adler', email: 'ada@acme.test' });
});
afterAll(() => site.close());

describe('at the limit of tokens', () => {
  it('a site cannot be entered, and the way out leads to a page that stays open (F17, F21)', async () => {
    await site.kit.mint(ada, ['spark:people_read']);
    const last = await site.kit.mint(ada, ['spark:people_read']);
    expect((await last.get('/people/me')).status).toBe(200);
    const { page, problems, close } = await site.open('/portal/apps', { as: ada });
    await page.getByRole('heading', { name: 'Too many active tokens' }).waitFor();
    await page.getByRole('link', { name: 'End sessions' }).click();
    await page.getByText('3 of 3').waitFor();
    // The newest token stands on top, below this browser.
    await page.getByRole('button', { name: 'End session' }).nth(1).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
    await page.getByText('2 of 3').waitFor();
    expect((await last.get('/people/me')).status).toBe(401);
    await page.goto(`${site.baseUrl}/portal`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(page.url()).toBe(`${site.baseUrl}/portal`);
    expect(problems).toEqual([]);
    await close();
  });

  it('ending all others leaves this browser alone', async () => {
    const { page, close } = await site.open('/account/sessions', { as: ada });
    await page.getByRole('button', { name: 'End all other sessions' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End all other sessions' }).click();
    await page.getByText('0 of 3').waitFor();
    expect((await ada.api.get('/people/me')).status).toBe(401);
    await page.reload();
    await page.getByRole('heading', { name: 'Devices and sessions' }).waitFor();
    await close();
  });
});

describe('the pages', () => {
  it('of sessions and profile hold', { timeout: 90_000 }, async () => {
    await site.kit.mint(ada, ['spark:people_read']);
    await auditPage(site, { name: 'account-sessions', path: '/account/sessions', as: ada });
    await auditPage(site, { name: 'account-profile', path: '/account', as: ada });
    await auditPage(site, { name: 'account-token-limit', path: '/account/token-limit', as: ada });
  });
});
