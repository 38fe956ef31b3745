import { addOrganization } from '@moothall/platform';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from './audit-page.ts';
import { startTestSite, type TestSite } from './browser.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite();
});
afterAll(() => site.close());

const personIn = async (request: Parameters<typeof addOrganization>[2], email: string) => {
  const org = await site.kit.world.store.tx((tx) => addOrganization(site.kit.world, tx, request));
  return site.kit.addPerson({ org, name: 'Dora Dev', email });
};

describe('F75: a new visitor', () => {
  it('asks for a sandbox by e-mail address, and its link signs in as the administrator of a fresh organisation', async () => {
    const { page, problems, close } = await site.open('/portal/sandbox');
    await page.getByRole('button', { name: 'Request a sandbox' }).click();
    await page.getByText('Enter your e-mail address.').waitFor();
    await page.getByText('Accept the terms to go on.').waitFor();
    await page.getByLabel('E-mail address').fill('visitor@elsewhere.test');
    await page.getByLabel('I accept these terms').check();
    await page.getByRole('button', { name: 'Request a sandbox' }).click();
    await page.getByRole('link', { name: 'Sign in to the sandbox' }).click();
    await page.waitForURL((url) => url.pathname !== '/portal/sandbox' && !url.search.includes('link='));
    const session = await page.evaluate(async () => (await fetch('/idb/api/session')).json());
    expect(session.person).toMatchObject({ roles: ['full_admin'] });
    expect(session.person.email).toMatch(/^admin@.+sandbox/);
    await page.goto(`${site.baseUrl}/hub`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const { rows } = await site.kit.world.store.pool.query<{ kind: string; people: number }>(
      `select o.kind, (select count(*)::int from person p where p.org_id = o.id) people
       from org o join person a on a.org_id = o.id where a.email = $1`,
      [session.person.email],
    );
    expect(rows).toEqual([{ kind: 'sandbox', people: 1 }]);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('F76: the quick start of an embedded app, as far as it goes without a host', () => {
  it('makes and configures an app in a fresh sandbox', async () => {
    const { page, problems, close } = await site.open('/portal/sandbox');
    await page.getByLabel('E-mail address').fill('starter@elsewhere.test');
    await page.getByLabel('I accept these terms').check();
    await page.getByRole('button', { name: 'Request a sandbox' }).click();
    await page.getByRole('link', { name: 'Sign in to the sandbox' }).click();
    await page.waitForURL((url) => url.pathname !== '/portal/sandbox' && !url.search.includes('link='));
    await page.goto(`${site.baseUrl}/portal/apps/new/embedded`);
    await page.getByLabel('Name', { exact: true }).fill('Quick start');
    await page.getByRole('checkbox', { name: 'Meeting' }).check();
    await page.getByLabel('Start page', { exact: true }).fill('https://quick.test/start');
    await page.getByLabel('Domain 1').fill('quick.test');
    await page.getByRole('button', { name: 'Create an embedded app' }).click();
    await page.getByText('Only you see it while it is in development.').waitFor();
    await page.getByLabel('Start page', { exact: true }).fill('https://quick.test/second');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('saved').first().waitFor();
    const stored = await page.evaluate(async () => (await fetch('/portal/api/apps?type=embedded')).json());
    expect(stored.items).toMatchObject([
      { state: 'in_development', embedded: { contexts: ['meeting'], startUrl: 'https://quick.test/second' } },
    ]);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('F78: an account of a customer', () => {
  it('makes embedded apps at once, and gets a sandbox besides', async () => {
    const dora = await personIn({ displayName: 'Partner' }, 'dora@partner.test');
    const { page, problems, close } = await site.open('/portal/apps/new', { as: dora });
    await page.getByRole('link', { name: 'Create an embedded app' }).waitFor();
    await page.goto(`${site.baseUrl}/portal/sandbox`);
    await page.getByLabel('I accept these terms').check();
    await page.getByRole('button', { name: 'Request a sandbox' }).click();
    await page.getByText('Your sandbox is ready').waitFor();
    await page.getByText('SANDBOX', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('1 of 10').waitFor();
    await page.getByRole('button', { name: 'Get a new sign-in link' }).click();
    await page.getByText('Your sandbox is ready').waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});

describe('F79: an account without an organisation', () => {
  it('is told before the form that it cannot make embedded apps, and is led to a sandbox', async () => {
    const dora = await personIn({ displayName: 'Dora Dev', kind: 'personal' }, 'dora@alone.test');
    const { page, problems, close } = await site.open('/portal/apps/new', { as: dora });
    await page.getByText('Embedded apps need an organization').waitFor();
    expect(await page.getByRole('link', { name: 'Create an embedded app' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Create a bot' }).count()).toBe(1);
    await page.getByRole('link', { name: 'Get a sandbox' }).click();
    await page.getByRole('heading', { level: 1, name: 'Developer sandbox' }).waitFor();
    await page.getByRole('button', { name: 'Request a sandbox' }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });
});

describe('F50: in an organisation of the gov profile', () => {
  it('no app is offered, and the text says why', async () => {
    const dora = await personIn({ displayName: 'Agency', profile: 'gov' }, 'dora@agency.test');
    const { page, problems, close } = await site.open('/portal/apps/new', { as: dora });
    await page.getByText('not available in an organisation of the gov profile').waitFor();
    expect(await page.getByRole('link', { name: /^Create a/ }).count()).toBe(0);
    await page.goto(`${site.baseUrl}/portal/apps/new/bot`);
    await page.getByText('not available in an organisation of the gov profile').waitFor();
    expect(await page.getByRole('button', { name: 'Create a bot' }).count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('the pages', () => {
  it('of a sandbox hold', { timeout: 120_000 }, async () => {
    const dora = await personIn({ displayName: 'Third' }, 'dora@third.test');
    await auditPage(site, { name: 'portal-sandbox-visitor', path: '/portal/sandbox' });
    await auditPage(site, { name: 'portal-sandbox-request', path: '/portal/sandbox', as: dora });
    const api = await site.kit.page(dora, 'portal');
    const { termsVersion } = (await api.get('/idb/api/sandbox-terms')).body;
    await api.post('/portal/api/sandboxes', { termsVersion });
    await auditPage(site, { name: 'portal-sandbox-live', path: '/portal/sandbox', as: dora });
  });

  it('of a refused kind hold', { timeout: 120_000 }, async () => {
    const dora = await personIn({ displayName: 'Alone', kind: 'personal' }, 'dora@alone2.test');
    await auditPage(site, { name: 'portal-apps-new-refused', path: '/portal/apps/new', as: dora });
  });
});
