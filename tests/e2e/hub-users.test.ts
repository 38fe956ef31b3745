import { addLicense, defaultLicenses } from '@moothall/platform';
import { addClient, apiClient, refresh, type TestPerson, tokensOf } from '@moothall/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSite, type TestSite } from './browser.ts';

let site: TestSite;
let ada: TestPerson;
beforeAll(async () => {
  site = await startTestSite();
  const { kit } = site;
  await kit.world.store.tx(async (tx) => {
    for (const license of defaultLicenses(kit.orgId))
      await addLicense(kit.world, tx, { ...license, totalUnits: 20 });
  });
  ada = await kit.addPerson({ name: 'Ada Adler', roles: ['full_admin'], licenses: [] });
});
afterAll(() => site.close());

const userPath = ({ wireId }: TestPerson, tab = '') => `/hub/users/${wireId}${tab && `?tab=${tab}`}`;
const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('rowheader') });

async function tell(page: Page, text: string): Promise<void> {
  await page.getByText(text).first().waitFor();
}

describe('the list of users', () => {
  it('is narrowed by what stands in the address, and the back button takes that back', async () => {
    await site.kit.addPerson({ name: 'Zoe Zander', roles: ['user_admin'] });
    const { page, problems, close } = await site.open('/hub/users', { as: ada });
    await page.getByRole('link', { name: 'Zoe Zander' }).waitFor();
    await page.getByLabel('Role').selectOption('user_admin');
    await page.getByRole('link', { name: 'Ada Adler' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('role')).toBe('user_admin');
    await page.getByLabel('Name or e-mail address').fill('nobody');
    await page.getByRole('heading', { name: 'Nobody matches that' }).waitFor();
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await page.getByRole('link', { name: 'Ada Adler' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.goBack();
    await page.getByRole('heading', { name: 'Nobody matches that' }).waitFor();
    expect(await page.getByLabel('Name or e-mail address').inputValue()).toBe('nobody');
    await page.getByLabel('Name or e-mail address').fill('zo');
    await page.getByRole('link', { name: 'Zoe Zander' }).click();
    await page.getByRole('heading', { level: 1, name: 'Zoe Zander' }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});

describe('an invitation', () => {
  it('of many tells of each address what became of it, and keeps those refused', async () => {
    const { page, problems, close } = await site.open('/hub/users/new', { as: ada });
    const field = page.getByLabel('E-mail addresses');
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByText('Enter at least one address.').waitFor();
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await field.fill(`one@acme.test, Two Tester <two@acme.test>\nnonsense; ${ada.email}`);
    await page.getByLabel('Messaging', { exact: true }).check();
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('status').filter({ hasText: '2 invited, 2 refused' }).waitFor();
    const results = await rows(page).allInnerTexts();
    expect(results).toHaveLength(4);
    expect(results.find((row) => row.includes('nonsense'))).toContain('This is no e-mail address');
    expect(results.find((row) => row.includes(ada.email))).toContain('exists already');
    expect(await field.inputValue()).toBe(`nonsense\n${ada.email}`);
    const hub = await site.kit.page(ada, 'hub');
    const invited = (await hub.get('/hub/api/users?q=two@acme.test')).body.items;
    expect(invited).toMatchObject([{ status: 'pending', licenses: [expect.any(String)] }]);
    expect(problems).toEqual([]);
    await close();
  });

  it('of one with details leads to their page', async () => {
    const { page, close } = await site.open('/hub/users/new?tab=one', { as: ada });
    await page.getByRole('button', { name: 'Add and invite' }).click();
    await page.getByText('Enter the address that they sign in with.').waitFor();
    await page.getByLabel('E-mail address').fill(ada.email);
    await page.getByLabel('Display name').fill('Cleo Clark');
    await page.getByLabel('User administrator').check();
    await page.getByRole('button', { name: 'Add and invite' }).click();
    await page.getByText('A person with this e-mail address exists already.').waitFor();
    expect(await page.getByLabel('Display name').inputValue()).toBe('Cleo Clark');
    await page.getByLabel('E-mail address').fill('cleo@acme.test');
    await page.getByRole('button', { name: 'Add and invite' }).click();
    await page.getByRole('heading', { level: 1, name: 'Cleo Clark' }).waitFor();
    await page.getByRole('tab', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Invite again' }).click();
    await page.getByRole('button', { name: 'Send the link' }).click();
    await tell(page, 'A new invitation is on its way to cleo@acme.test');
    await close();
  });
});

describe('two administrators who edit one person', () => {
  it('lose nothing: the second is told, keeps their text, and sees what the first wrote', async () => {
    const { kit } = site;
    const bo = await kit.addPerson({ name: 'Bo Berg' });
    const { page, problems, close } = await site.open(userPath(bo), { as: ada });
    await page.getByLabel('Job title').fill('Engineer');
    const other = await kit.page(await kit.addPerson({ roles: ['full_admin'] }), 'hub');
    const path = `/hub/api/users/${bo.wireId}`;
    const { version } = (await other.get(path)).body;
    const theirs = { version, title: 'Designer', department: 'Studio' };
    expect((await other.patch(path, theirs)).status).toBe(200);
    await page.getByRole('button', { name: 'Save details' }).click();
    await page.getByText('Somebody else changed this meanwhile').waitFor();
    expect((await other.get(path)).body.title).toBe('Designer');
    await page.getByRole('button', { name: 'Reload, and keep what I entered' }).click();
    await page.getByText('Somebody else wrote: Designer').waitFor();
    expect(await page.getByLabel('Job title').inputValue()).toBe('Engineer');
    expect(await page.getByLabel('Department').inputValue()).toBe('Studio');
    await page.getByRole('button', { name: 'Save details' }).click();
    await tell(page, 'Bo Berg was saved');
    expect((await other.get(path)).body).toMatchObject({ title: 'Engineer', department: 'Studio' });
    expect(problems).toEqual([]);
    await close();
  });
});

describe('roles and licences', () => {
  it('hold at once, on the token that the person has already', async () => {
    const { kit } = site;
    const kim = await kit.addPerson({ name: 'Kim Kern', licenses: [] });
    const token = await kit.mint(kim, ['spark-admin:licenses_read', 'spark-admin:people_read']);
    expect((await token.get('/licenses')).status).toBe(403);
    const { page, close } = await site.open(userPath(kim, 'roles'), { as: ada });
    await page.getByLabel('Read-only administrator').check();
    await page.getByRole('button', { name: 'Save roles' }).click();
    await tell(page, 'Kim Kern was saved');
    expect((await token.get('/licenses')).status).toBe(200);
    await page.getByRole('tab', { name: 'Licences' }).click();
    await page.getByLabel('Messaging', { exact: true }).check();
    await page.getByRole('button', { name: 'Save licences' }).click();
    const licenses = async () => (await token.get(`/people/${kim.wireId}`)).body.licenses;
    await expect.poll(licenses).toHaveLength(1);
    await page.locator('button[aria-busy]').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Roles' }).click();
    await page.getByLabel('Read-only administrator').uncheck();
    await page.getByRole('button', { name: 'Save roles' }).click();
    await expect.poll(async () => (await token.get('/licenses')).status).toBe(403);
    await close();
  });
});

describe('F32, F34: authorizations of a person', () => {
  it('are revoked one by one or all: the next call with the token is 401, and it is audited', async () => {
    const { kit } = site;
    const max = await kit.addPerson({ name: 'Max Moor' });
    const other = await kit.mint(max, ['spark:people_read']);
    const { page, problems, close } = await site.open(userPath(max, 'authorizations'), { as: ada });
    await page.getByText('2 of 750').waitFor();
    await page.getByRole('button', { name: 'Revoke', exact: true }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('1 of 750').waitFor();
    const left = [(await max.api.get('/people/me')).status, (await other.get('/people/me')).status];
    expect(left.sort()).toEqual([200, 401]);
    await page.getByRole('button', { name: 'Revoke everything' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke everything' }).click();
    await page.getByText('0 of 750').waitFor();
    expect((await max.api.get('/people/me')).status).toBe(401);
    expect((await other.get('/people/me')).status).toBe(401);
    const audited = (await kit.events()).filter(({ data }) => data.category === 'AUTHORIZATION_REVOKED');
    expect(audited.map(({ actor_id }) => actor_id)).toEqual([ada.id, ada.id]);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('F31, F33: a lasting permission', () => {
  it('that is revoked takes its access tokens along, and cannot be renewed', async () => {
    const { kit } = site;
    const lea = await kit.addPerson({ name: 'Lea Lang' });
    const client = await addClient(kit);
    const tokens = await tokensOf(kit, client, lea);
    const access = apiClient(site.baseUrl, tokens.access_token);
    expect((await access.get('/people/me')).status).toBe(200);
    const { page, close } = await site.open(userPath(lea, 'authorizations'), { as: ada });
    const lasting = page.getByRole('row').filter({ hasText: 'Lasting permission' });
    await lasting.getByText('2 scopes').click();
    await lasting.getByText('spark:people_read').waitFor();
    await lasting.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    // What is behind an open dialog is not there for roles.
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await lasting.waitFor({ state: 'detached' });
    expect((await access.get('/people/me')).status).toBe(401);
    const refused = await refresh(kit, client, tokens.refresh_token);
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_grant']);
    await close();
  });
});

describe('deactivation', () => {
  it('leads the person to the sign-in page with their next step, and may be taken back', async () => {
    const eve = await site.kit.addPerson({ name: 'Eve Ende' });
    const theirs = await site.open('/account', { as: eve });
    await theirs.page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
    const { page, problems, close } = await site.open(userPath(eve, 'account'), { as: ada });
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
    await tell(page, 'Eve Ende was deactivated');
    await theirs.page.getByRole('link', { name: 'Devices and sessions' }).click();
    await theirs.page.waitForURL('**/account/sign-in?next=*');
    expect((await eve.api.get('/people/me')).status).toBe(401);
    await page.getByRole('button', { name: 'Reactivate' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reactivate' }).click();
    await tell(page, 'Eve Ende can sign in again');
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Delete for good' }).isDisabled()).toBe(true);
    await dialog.getByLabel(`Type ${eve.email} to go on`).fill(eve.email);
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    const hub = await site.kit.page(ada, 'hub');
    expect((await hub.get(`/hub/api/users/${eve.wireId}`)).status).toBe(404);
    expect(problems).toEqual([]);
    await theirs.close();
    await close();
  });
});

describe('what a role does not allow', () => {
  it('is shown switched off with the reason to a read-only administrator (F34)', async () => {
    const rita = await site.kit.addPerson({ name: 'Rita Reader', roles: ['readonly_admin'] });
    const { page, problems, close } = await site.open(userPath(ada), { as: rita });
    await page.getByText('that takes the role of a full administrator or user administrator').waitFor();
    expect(await page.getByLabel('Display name').isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Save details' }).isDisabled()).toBe(true);
    await page.getByRole('tab', { name: 'Authorizations' }).click();
    await page.getByText('It takes the role of a full administrator or user administrator.').waitFor();
    await page.getByRole('link', { name: 'Application transfer' }).click();
    await page.getByText('It takes the role of a full administrator.').waitFor();
    await page.getByRole('link', { name: 'Organisation' }).click();
    await page.getByText('that takes the role of a full administrator').first().waitFor();
    expect(await page.getByRole('button', { name: 'Save settings' }).isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('link', { name: 'Export as CSV' }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('keeps a user administrator from roles and from those above them', async () => {
    const uma = await site.kit.addPerson({ name: 'Uma Ulm', roles: ['user_admin'] });
    const { page, close } = await site.open(userPath(ada), { as: uma });
    await page
      .getByText('Only a full administrator can change somebody with the role full administrator.')
      .waitFor();
    await page.goto(`${site.baseUrl}${userPath(uma, 'roles')}`);
    await page.getByText('that takes the role of a full administrator').waitFor();
    expect(await page.getByLabel('Full administrator').isDisabled()).toBe(true);
    await page.goto(`${site.baseUrl}/hub`);
    await page.getByRole('heading', { name: 'Waiting for you' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Last changes' }).count()).toBe(0);
    await close();
  });

  it('keeps everybody else out, and says what is missing', async () => {
    const bob = await site.kit.addPerson({ name: 'Bob Baker' });
    const { page, close } = await site.open('/hub/users', { as: bob, title: 'h2' });
    await page.getByText('You may not see this page').waitFor();
    await page.getByText('It takes the role of an administrator.').waitFor();
    await close();
  });
});
