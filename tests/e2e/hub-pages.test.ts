import { addApp, addLicense, defaultLicenses } from '@moothall/platform';
import type { TestPerson } from '@moothall/testkit';
import { addClient, tokensOf } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { startTestSite, type TestSite } from './browser.ts';

let site: TestSite;
let ada: TestPerson;
let jane: TestPerson;

/** An organisation with a little of everything. */
beforeAll(async () => {
  site = await startTestSite();
  const { kit } = site;
  await kit.world.store.tx(async (tx) => {
    for (const license of defaultLicenses(kit.orgId))
      await addLicense(kit.world, tx, { ...license, totalUnits: 20 });
  });
  ada = await kit.addPerson({ name: 'Ada Adler', roles: ['full_admin'], licenses: ['messaging'] });
  jane = await kit.addPerson({ name: 'Jane Jensen', licenses: ['messaging'] });
  const hub = await kit.page(ada, 'hub');
  const client = await addClient(kit);
  await tokensOf(kit, client, jane);
  const portal = await kit.page(jane, 'portal');
  await portal.post('/portal/api/apps', { type: 'bot', name: 'CI bot', username: 'ci-bot' });
  await kit.world.store.tx((tx) =>
    addApp(kit.world, tx, {
      kind: 'service_app',
      name: 'Reception',
      description: 'Greets people at the door',
      state: 'draft',
      orgId: kit.orgId,
      ownerId: jane.id,
      scopes: ['spark-admin:people_read', 'guest-issuer:read'],
      secret: 'e'.repeat(64),
    }),
  );
  const { items } = (await hub.get('/hub/api/app-transfer/apps?type=service_app')).body;
  await portal.post(`/portal/api/apps/${items[0].id}/authorization-requests`, {});
  await hub.put(`/hub/api/integrations/${client.clientId}/policy`, {
    mode: 'blocked',
    personIds: [],
    version: '0',
  });
  await portal.post('/idb/api/integration-requests', { clientId: client.clientId });
  await hub.post('/hub/api/users/invitations', { addresses: ['new.person@acme.test'] });
});
afterAll(() => site.close());

const pages = [
  ['overview', '/hub'],
  ['users', '/hub/users'],
  ['users-new', '/hub/users/new'],
  ['licences', '/hub/licences'],
  ['roles', '/hub/roles'],
  ['organisation', '/hub/organisation'],
  ['apps', '/hub/apps'],
  ['bots', '/hub/apps?tab=bots'],
  ['service-apps', '/hub/apps?tab=service-apps'],
  ['transfer', '/hub/transfer'],
  ['audit', '/hub/audit'],
] as const;

describe('the pages of the administration', () => {
  it.each(pages)('hold: %s', { timeout: 90_000 }, (name, path) =>
    auditPage(site, { name: `hub-${name}`, path, as: ada }),
  );

  it.each(['details', 'roles', 'licences', 'apps', 'authorizations', 'account'])(
    'hold for a person: %s',
    { timeout: 90_000 },
    (tab) =>
      auditPage(site, {
        name: `hub-user-${tab}`,
        path: `/hub/users/${jane.wireId}?tab=${tab}`,
        as: ada,
        prepare: (page) => page.getByRole('tabpanel').waitFor(),
      }),
  );

  it('have a title each', async () => {
    const { page, problems, close } = await site.open('/hub', { as: ada });
    const links = page.getByRole('navigation', { name: 'Administration' }).getByRole('link');
    const titles: string[] = [];
    for (const link of await links.all()) {
      await link.click();
      const name = await link.innerText();
      const title = name === 'Overview' ? 'Administration' : name;
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      titles.push(await page.title());
      expect(titles.at(-1)).toBe(`${title} · Moothall`);
    }
    expect(titles).toHaveLength(8);
    expect(problems).toEqual([]);
    await close();
  });
});
