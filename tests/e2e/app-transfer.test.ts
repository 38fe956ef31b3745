import type { TestPerson } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { startTestSite, type TestSite } from './browser.ts';

let site: TestSite;
let ada: TestPerson;
beforeAll(async () => {
  site = await startTestSite();
  ada = await site.kit.addPerson({ name: 'Ada Adler', roles: ['full_admin'] });
});
afterAll(() => site.close());

async function makeBot(owner: TestPerson, name: string) {
  const page = await site.kit.page(owner, 'portal');
  const username = name.toLowerCase().replaceAll(' ', '-');
  const { app, secret } = (await page.post('/portal/api/apps', { type: 'bot', name, username })).body;
  const callWith = (token: string) =>
    site.kit.anonymous.get('/people/me', { authorization: `Bearer ${token}` });
  return { app, callWith, token: secret.value as string };
}

async function deactivate(person: TestPerson): Promise<void> {
  const hub = await site.kit.page(ada, 'hub');
  const path = `/hub/api/users/${person.wireId}`;
  const { version } = (await hub.get(path)).body;
  expect((await hub.patch(path, { version, loginEnabled: false })).status).toBe(200);
}

describe('F63, F64: the bot of somebody who left', () => {
  it('goes to a colleague with its token as it is, and that is audited', async () => {
    const { kit } = site;
    const jane = await kit.addPerson({ name: 'Jane Jensen' });
    const kim = await kit.addPerson({ name: 'Kim Kern' });
    const bot = await makeBot(jane, 'CI bot');
    await makeBot(kim, 'Young bot');
    await deactivate(jane);
    expect((await bot.callWith(bot.token)).status).toBe(200);
    const { page, problems, close } = await site.open('/hub', { as: ada });
    await page.getByRole('link', { name: '1 app has no active owner' }).click();
    await page.getByRole('link', { name: 'Application transfer' }).click();
    const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
    await expect.poll(() => rows.count()).toBe(2);
    expect(await rows.first().innerText()).toContain('No active owner');
    await page.getByRole('button', { name: 'Transfer CI bot' }).click();
    const dialog = page.getByRole('dialog', { name: 'Transfer CI bot' });
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await dialog.getByText('Choose the new owner.').waitFor();
    await dialog.getByLabel('New owner').fill('jane');
    await dialog.getByText('Nobody active is called that.').waitFor();
    await dialog.getByLabel('New owner').fill('kim');
    await dialog.getByLabel('Kim Kern').check();
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => rows.filter({ hasText: 'CI bot' }).innerText()).toContain('Kim Kern');
    expect((await bot.callWith(bot.token)).status).toBe(200);
    await page.getByRole('link', { name: 'Audit' }).click();
    const row = page.getByRole('row').filter({ hasText: 'gave the bot CI bot from Jane Jensen to Kim Kern' });
    await row.getByText('Details').click();
    await row.getByText('An app was given to another owner').waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('can get a new token at that, shown once', { timeout: 90_000 }, async () => {
    const { kit } = site;
    const lea = await kit.addPerson({ name: 'Lea Lang' });
    const bot = await makeBot(lea, 'Night bot');
    const { page, problems, close } = await site.open(`/hub/users/${lea.wireId}?tab=apps`, { as: ada });
    await page.getByText('Owns 1 bot: transfer them to somebody else first.').waitFor();
    await page.getByRole('link', { name: 'Transfer their apps' }).click();
    await page.getByRole('button', { name: 'Transfer Night bot' }).click();
    await page.getByLabel('New owner').fill('ada');
    await page.getByRole('dialog').getByLabel('Ada Adler').check();
    await page.getByLabel('Make a new one now').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Transfer' }).click();
    await page.getByText('it is shown only this once').waitFor();
    const fresh = await page.locator('.copy-value').innerText();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByText(fresh).count()).toBe(0);
    expect((await bot.callWith(bot.token)).status).toBe(401);
    expect((await bot.callWith(fresh)).status).toBe(200);
    expect(problems).toEqual([]);
    await close();
    await auditPage(site, {
      name: 'hub-transfer-dialog',
      path: '/hub/transfer',
      as: ada,
      prepare: (opened) => opened.getByRole('button', { name: 'Transfer Night bot' }).click(),
    });
  });
});

describe('F65: whoever is no full administrator', () => {
  it('does not transfer apps, nor to another organisation', async () => {
    const { kit } = site;
    const uma = await kit.addPerson({ name: 'Uma Ulm', roles: ['user_admin'] });
    const refused = await site.open('/hub/transfer', { as: uma });
    await refused.page.getByText('It takes the role of a full administrator.').waitFor();
    await refused.close();
    const stranger = await kit.addPerson({ name: 'Sue Stranger', org: await kit.addOrg('Globex') });
    const { app } = await makeBot(ada, 'Home bot');
    const { page, close } = await site.open(`/hub/transfer?by=id&q=${app.id}`, { as: ada });
    await page.getByRole('button', { name: 'Transfer Home bot' }).click();
    await page.getByLabel('New owner').fill('sue');
    await page.getByText('Nobody active is called that.').waitFor();
    const hub = await kit.page(ada, 'hub');
    const reply = await hub.post(`/hub/api/app-transfer/apps/${app.id}`, { toPersonId: stranger.wireId });
    expect(reply.status).toBe(400);
    await close();
  });
});
