import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { startTestSite, type TestSite } from './browser.ts';

describe('the entries', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await startTestSite();
  });
  afterAll(() => site?.close());

  it('show what there is', { timeout: 120_000 }, () =>
    auditPage(site, { name: 'portal-overview', path: '/portal' }),
  );

  it('say so where there is no page', { timeout: 120_000 }, async () => {
    const as = await site.kit.addPerson({ name: 'Ada Adler' });
    await auditPage(site, { name: 'not-found', path: '/portal/nowhere', as });
  });

  it('lead to the sign-in page and name the way back', async () => {
    const { page, close } = await site.open('/hub');
    await page.waitForURL('**/account/sign-in?next=%2Fhub');
    await close();
  });

  it('open to whoever is signed in, and enter the portal once', async () => {
    const ada = await site.kit.addPerson({ name: 'Ada Adler', roles: ['full_admin'] });
    const { page, context, problems, close } = await site.open('/hub', { as: ada });
    await page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();
    expect(await page.title()).toBe('Administration · Moothall');
    const again = await context.newPage();
    await again.goto(`${site.baseUrl}/hub`);
    await again.getByRole('heading', { level: 1 }).waitFor();
    const { rows } = await site.kit.world.store.pool.query<{ site: string }>(
      'select site from token where person_id = $1 and site is not null',
      [ada.id],
    );
    expect(rows).toEqual([{ site: 'hub' }]);
    expect(problems).toEqual([]);
    await close();
  });

  it('refuse the administration to those without a role for it', async () => {
    const bob = await site.kit.addPerson({ name: 'Bob Baker' });
    const { page, close } = await site.open('/hub', { as: bob, title: 'h2' });
    await page.getByText('You may not see this page').waitFor();
    expect(await page.getByText('It takes the role of an administrator.').count()).toBe(1);
    await close();
  });

  it('sign out by the menu at the name', async () => {
    const ada = await site.kit.addPerson({ name: 'Ada Adler' });
    const { page, context, close } = await site.open('/portal', { as: ada });
    await page.getByRole('button', { name: 'Ada Adler' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/account/sign-in');
    expect(await context.cookies()).toEqual([]);
    await close();
  });

  it('keep the colours that the reader chose', async () => {
    const { page, problems, close } = await site.open('/portal', { theme: 'light' });
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await background()).toBe('rgb(246, 247, 249)');
    await page.getByRole('button', { name: /^Colours/ }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await expect.poll(background).toBe('rgb(17, 20, 26)');
    await page.reload();
    await page.locator('h1').waitFor();
    expect(await background()).toBe('rgb(17, 20, 26)');
    expect(problems).toEqual([]);
    await close();
  });

  it('move the focus past the navigation, and to the title of the next page', async () => {
    const { page, close } = await site.open('/portal/kit');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('heading', { level: 1, name: 'Developer portal' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await close();
  });
});

describe('in production', () => {
  it('the parts of the lab are absent', async () => {
    const site = await startTestSite({ config: { mode: 'production' } });
    const { page, close } = await site.open('/portal/kit');
    await page.getByRole('heading', { level: 1, name: 'Page not found' }).waitFor();
    expect(await page.getByText('LAB', { exact: true }).count()).toBe(0);
    await close();
    await site.close();
  });
});
