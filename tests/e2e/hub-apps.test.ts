import { addApp, addOrganization } from '@moothall/platform';
import {
  addClient,
  answerOf,
  apiClient,
  queryOf,
  redeem,
  type Sink,
  startSink,
  type TestPerson,
  tokensOf,
} from '@moothall/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { startTestSite, type TestSite } from './browser.ts';

let site: TestSite;
let sink: Sink;
let ada: TestPerson;
let jane: TestPerson;
beforeAll(async () => {
  [site, sink] = await Promise.all([startTestSite(), startSink()]);
  ada = await site.kit.addPerson({ name: 'Ada Adler', roles: ['full_admin'] });
  jane = await site.kit.addPerson({ name: 'Jane Jensen' });
});
afterAll(() => Promise.all([site.close(), sink.close()]));

const inDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name });

describe('an integration', () => {
  it('is blocked, asked for, allowed for who asked, and then authorised', async () => {
    const { kit } = site;
    const client = await addClient(kit, { redirectUris: [`${sink.url}/cb`] });
    const { page, problems, close } = await site.open('/hub/apps', { as: ada });
    await page.getByRole('button', { name: 'Change access to CRM' }).click();
    await page.getByLabel('Blocked for everybody').check();
    await inDialog(page, 'Save access').click();
    await page.getByRole('row').filter({ hasText: 'CRM' }).getByText('Blocked').waitFor();

    const consent = await site.open(`/v1/authorize?${queryOf(client)}`, { as: jane });
    await consent.page.getByText('Your administrator denied access to this integration').waitFor();
    expect(await consent.page.getByRole('button', { name: 'Accept' }).isDisabled()).toBe(true);
    await consent.page.getByRole('button', { name: 'Ask for access' }).click();
    await consent.page.getByText('Your administrators were told').waitFor();

    await page.goto(`${site.baseUrl}/hub`);
    await page.getByRole('link', { name: '1 person asks for a blocked integration' }).click();
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await inDialog(page, 'Allow').click();
    await page.getByText('Allowed for one person').waitFor();
    expect(await page.getByRole('heading', { name: 'Requests' }).count()).toBe(0);

    await consent.page.reload();
    await consent.page.getByRole('button', { name: 'Accept' }).click();
    await consent.page.waitForURL(`${sink.url}/cb?*`);
    const tokens = await redeem(kit, client, answerOf(consent.page.url()).code!);
    const me = await apiClient(site.baseUrl, tokens.body.access_token).get('/people/me');
    expect(me.body.id).toBe(jane.wireId);
    await expect(tokensOf(kit, client, ada)).rejects.toThrow();
    expect(problems).toEqual([]);
    await consent.close();
    await close();
  });

  it('is revoked for everybody', async () => {
    const { kit } = site;
    const client = await addClient(kit);
    const { access_token } = await tokensOf(kit, client, jane);
    const asJane = (path: string) => kit.anonymous.get(path, { authorization: `Bearer ${access_token}` });
    expect((await asJane('/people/me')).status).toBe(200);
    const { page, close } = await site.open('/hub/apps', { as: ada });
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: 'CRM' }) })
      .first();
    await row.getByRole('button', { name: 'Revoke for all' }).click();
    await inDialog(page, 'Revoke for everybody').click();
    await page.getByText('CRM has no access any more').first().waitFor();
    expect((await asJane('/people/me')).status).toBe(401);
    await close();
  });

  it('is declined, and a second administrator is told of the first one', async () => {
    const { kit } = site;
    const client = await addClient(kit);
    const hub = await kit.page(ada, 'hub');
    const path = `/hub/api/integrations/${client.clientId}/policy`;
    await hub.put(path, { mode: 'blocked', personIds: [], version: '0' });
    await (await kit.page(jane)).post('/idb/api/integration-requests', { clientId: client.clientId });
    const { page, problems, close } = await site.open('/hub/apps', { as: ada });
    await page.getByRole('button', { name: 'Decline' }).click();
    await inDialog(page, 'Decline').click();
    await page.getByText('The request of Jane Jensen was declined').first().waitFor();
    await page.getByRole('button', { name: 'Change access to CRM' }).first().click();
    await page.getByLabel('Allowed for some people').check();
    await page.getByLabel('Find people').fill('jane');
    await page.getByLabel('Jane Jensen', { exact: true }).check();
    await page.getByRole('button', { name: 'Take Jane Jensen out' }).waitFor();
    await hub.put(path, { mode: 'allowed', personIds: [], version: '1' });
    await inDialog(page, 'Save access').click();
    await inDialog(page, 'Reload, and keep what I entered').click();
    await page.getByText('Somebody else changed this meanwhile').waitFor({ state: 'detached' });
    await inDialog(page, 'Save access').click();
    await page.getByText('Access to CRM was saved').first().waitFor();
    const { items } = (await hub.get('/hub/api/integrations')).body;
    const now = items.find((one: { clientId: string }) => one.clientId === client.clientId).policy;
    expect(now).toMatchObject({ mode: 'selected', personIds: [jane.wireId], version: '3' });
    expect(problems).toEqual([]);
    await close();
  });
});

describe('bots', () => {
  it('are let in all, or only those that are ticked', async () => {
    const { kit } = site;
    const portal = await kit.page(jane, 'portal');
    const make = async (name: string, username: string) =>
      (await portal.post('/portal/api/apps', { type: 'bot', name, username })).body.app;
    const [good] = [await make('Good bot', 'good-bot'), await make('Other bot', 'other-bot')];
    const { page, close } = await site.open('/hub/apps?tab=bots', { as: ada });
    await page.getByLabel('Only the bots that are ticked below').check();
    await page.getByLabel('Allow Good bot').check();
    await page.getByRole('button', { name: 'Save policy' }).click();
    await page.getByText('The policy for bots was saved').first().waitFor();
    const room = (await jane.api.post('/rooms', { title: 'Bots' })).body;
    const add = async (personEmail: string) =>
      (await jane.api.post('/memberships', { roomId: room.id, personEmail })).status;
    expect(await add(good.bot.email)).toBe(200);
    expect(await add('other-bot@webex.bot')).toBe(403);
    await page.getByLabel('Every bot').check();
    await page.getByRole('button', { name: 'Save policy' }).click();
    await expect.poll(() => add('other-bot@webex.bot')).toBe(200);
    await close();
  });
});

describe('a service app', () => {
  it('asks, is authorised with its scopes in plain words, and revoked', async () => {
    const { kit } = site;
    const scopes = ['spark-admin:people_read'];
    const draft = { kind: 'service_app' as const, name: 'Reception', state: 'draft', secret: 'e'.repeat(64) };
    const { id } = await kit.world.store.tx((tx) =>
      addApp(kit.world, tx, { ...draft, orgId: kit.orgId, ownerId: jane.id, scopes }),
    );
    const portal = await kit.page(jane, 'portal');
    await portal.post(`/portal/api/apps/${id}/authorization-requests`, {});
    const stateOf = async () =>
      (await portal.get(`/portal/api/apps/${id}/org-authorizations`)).body.items[0].state;
    const { page, close } = await site.open('/hub', { as: ada });
    await page.getByRole('link', { name: '1 service app asks to be authorised' }).click();
    await page.getByRole('button', { name: 'Authorise' }).click();
    await page.getByRole('dialog').getByText("See everybody's entry in full.").waitFor();
    await inDialog(page, 'Authorise').click();
    await page.getByText('Authorised', { exact: true }).waitFor();
    expect(await stateOf()).toBe('authorized');
    await page.getByRole('button', { name: 'Revoke' }).click();
    await inDialog(page, 'Revoke').click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect(await stateOf()).toBe('revoked');
    await close();
  });
});

describe('F50: an organisation of the gov profile', () => {
  it('says that it has no bots and integrations', { timeout: 90_000 }, async () => {
    const { kit } = site;
    const org = await kit.world.store.tx((tx) =>
      addOrganization(kit.world, tx, { displayName: 'Agency', profile: 'gov' }),
    );
    const gina = await kit.addPerson({ name: 'Gina Gov', org, roles: ['full_admin'] });
    const { page, close } = await site.open('/hub', { as: gina });
    await page.getByText('Government profile').waitFor();
    await page.getByRole('link', { name: 'Apps', exact: true }).click();
    await page.getByText('Your organisation has the gov profile').waitFor();
    await page.getByRole('link', { name: 'Organisation' }).click();
    await page.getByText('Government: without bots, integrations and webhooks').waitFor();
    await close();
    await auditPage(site, { name: 'hub-gov', path: '/hub/apps', as: gina });
  });

  it('and one of a developer says that it is a sandbox', async () => {
    const { kit } = site;
    const org = await kit.world.store.tx((tx) =>
      addOrganization(kit.world, tx, { displayName: 'jdoesandbox', kind: 'sandbox' }),
    );
    const dev = await kit.addPerson({ name: 'Dev Doe', org, roles: ['full_admin'] });
    const { page, close } = await site.open('/hub', { as: dev });
    await page.getByText('SANDBOX', { exact: true }).waitFor();
    await close();
  });
});
