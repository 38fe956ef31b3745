import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { type LabSite, startLabSite } from './lab-site.ts';

let site: LabSite;
let ada: Awaited<ReturnType<LabSite['person']>>;
beforeAll(async () => {
  site = await startLabSite();
  ada = await site.person('ada@acme.test');
});
afterAll(() => site?.close());

/** Text of the reply's body. */
const bodyIn = (page: Page) => page.getByRole('region', { name: 'Reply' }).locator('pre').innerText();

describe('documentation of every operation (F62)', () => {
  it('is found by words, read, and tried with the reply before one’s eyes', async () => {
    const { page, problems, close } = await site.open('/portal/documentation', { as: ada });
    await page.getByRole('link', { name: 'List rooms' }).waitFor();
    await page.getByLabel('Search').fill('rooms post');
    await page.getByRole('link', { name: 'List rooms' }).waitFor({ state: 'detached' });
    expect(page.url()).toContain('q=rooms+post');
    await page.getByRole('link', { name: 'Create a room', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Create a room' }).waitFor();
    await page.getByText('spark:rooms_write').first().waitFor();
    await page.getByRole('rowheader', { name: 'title' }).first().waitFor();
    await page.getByRole('article').getByRole('link', { name: 'Try it', exact: true }).click();

    await page.getByRole('heading', { level: 1, name: 'Try it' }).waitFor();
    await page.getByRole('radio', { name: 'My personal access token' }).check();
    await page.getByRole('button', { name: 'Make a token for this page' }).click();
    await page.getByText('Calls are made as you').waitFor();
    await page.getByRole('textbox', { name: 'title' }).fill('Tried from the page');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('Status 200').waitFor();
    expect(JSON.parse(await bodyIn(page))).toMatchObject({ title: 'Tried from the page', type: 'group' });
    await page.getByText('TrackingID', { exact: true }).waitFor();
    const { items } = (await site.as('ada@acme.test').get('/rooms?max=1')).body;
    expect(items).toMatchObject([{ title: 'Tried from the page' }]);

    const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect(stored).not.toMatch(/token/i);
    expect(problems).toEqual([]);
    await close();
  });

  it('keeps what was typed when something is missing, and names it', async () => {
    const { page, close } = await site.open('/portal/try?operation=rooms.update', { as: ada });
    await page.getByRole('textbox', { name: 'title' }).fill('New name');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('Enter roomId').waitFor();
    const field = page.getByRole('textbox', { name: 'roomId' });
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByRole('textbox', { name: 'title' }).inputValue()).toBe('New name');
    await close();
  });

  it('shows the same call in other roles, and why it is refused', async () => {
    const { page, problems, close } = await site.open('/portal/try?operation=organizations.list', {
      as: ada,
    });
    const person = page.getByLabel('Person or bot');
    await person.selectOption('uma@acme.test');
    await page.getByLabel(/^Scopes/).fill('spark-admin:organizations_read');
    await page.getByRole('button', { name: 'Act as this person' }).click();
    await page.getByText('Calls are made as uma@acme.test').waitFor();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('Status 403').waitFor();
    await page.getByRole('button', { name: 'Why was it refused?' }).click();
    await page.getByText(/refused by role/).waitFor();
    await page.getByRole('button', { name: 'Choose anew' }).click();
    await person.selectOption('ada@acme.test');
    await page.getByRole('button', { name: 'Act as this person' }).click();
    await page.getByText('Calls are made as ada@acme.test').waitFor();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('Status 200').waitFor();
    expect(JSON.parse(await bodyIn(page)).items).toHaveLength(1);
    expect(problems).toEqual([]);
    await close();
  });

  it('gives the call along as a program that does the same', async () => {
    const { page, close } = await site.open('/portal/try?operation=messages.create', { as: ada });
    await page.getByRole('textbox', { name: 'toPersonEmail' }).fill('uma@acme.test');
    await page.getByRole('textbox', { name: /^text/ }).fill("it's me");
    await page.getByRole('tab', { name: 'Node' }).click();
    const code = await page.getByRole('tabpanel').locator('pre').innerText();
    expect(code).toContain('process.env.TOKEN');
    const run = new Function('fetch', 'process', 'console', `return (async () => {${code}})()`);
    const said: unknown[][] = [];
    const token = (await site.lab.post('/lab/v1/tokens', { personEmail: 'ada@acme.test' })).body.token;
    await run(fetch, { env: { TOKEN: token } }, { log: (...words: unknown[]) => said.push(words) });
    expect(said[0]![0]).toBe(200);
    expect(said[0]![1]).toContain("it's me");
    await page.getByRole('tab', { name: 'curl' }).click();
    expect(await page.getByRole('tabpanel').locator('pre').innerText()).toContain(`it'\\''s me`);
    await close();
  });

  it.each([
    ['documentation', '/portal/documentation'],
    ['operation', '/portal/documentation/messages.create'],
    ['try-it', '/portal/try?operation=memberships.list'],
  ])('is sound: %s', { timeout: 120_000 }, (name, path) => auditPage(site, { name, path, as: ada }));

  it('is sound: a refused call', { timeout: 120_000 }, () =>
    auditPage(site, {
      name: 'try-it-reply',
      path: '/portal/try?operation=rooms.list',
      as: ada,
      prepare: async (page) => {
        await page.getByRole('radio', { name: 'No token' }).check();
        await page.getByRole('button', { name: 'Run' }).click();
        await page.getByRole('button', { name: 'Why was it refused?' }).click();
        await page.getByText(/refused by the token/).waitFor();
        // What the header half covers would be measured as smaller than it is.
        await page.evaluate(() => window.scrollTo(0, 0));
      },
    }),
  );
});
