import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestPerson } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSite, type TestSite } from './browser.ts';

let site: TestSite;
let ada: TestPerson;
let eve: TestPerson;
beforeAll(async () => {
  site = await startTestSite();
  ada = await site.kit.addPerson({ name: 'Ada Adler', roles: ['full_admin'] });
  eve = await site.kit.addPerson({ name: 'Eve Ende', roles: ['full_admin'] });
  const [adas, eves] = [await site.kit.page(ada, 'hub'), await site.kit.page(eve, 'hub')];
  const addresses = Array.from({ length: 60 }, (_, index) => `person-${index}@acme.test`);
  await adas.post('/hub/api/users/invitations', { addresses });
  const { version } = (await eves.get('/hub/api/organization')).body;
  await eves.put('/hub/api/organization', { version, displayName: 'Acme Ltd' });
});
afterAll(() => site.close());

describe('the audit log', () => {
  it('is narrowed by kind, person and time in the address, paged, and exported', async () => {
    const { page, problems, close } = await site.open('/hub/audit', { as: ada });
    const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
    await expect.poll(() => rows.count()).toBe(50);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => rows.count()).toBe(61);
    await page.getByLabel('What was done').selectOption('ORGANIZATION_UPDATED');
    await expect.poll(() => rows.count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('category')).toBe('ORGANIZATION_UPDATED');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as CSV' }).click(),
    ]);
    const folder = await mkdtemp(join(tmpdir(), 'moot-audit-'));
    await download.saveAs(join(folder, 'audit.csv'));
    const lines = (await readFile(join(folder, 'audit.csv'), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('Eve Ende changed settings of the organization');
    await rm(folder, { recursive: true });
    await page.getByLabel('What was done').selectOption('');
    await page.getByRole('button', { name: 'Eve Ende: show only theirs' }).first().click();
    await expect.poll(() => rows.count()).toBe(1);
    await page.goBack();
    await expect.poll(() => rows.count()).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Choose who did it' }).click();
    await page.getByLabel('Person').fill('eve');
    await page.getByRole('radio', { name: 'Eve Ende' }).click();
    await page.getByRole('button', { name: 'By Eve Ende: show everybody again' }).waitFor();
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByLabel('To').fill('2001-01-01');
    await page.getByRole('heading', { name: 'Nothing matches that' }).waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await expect.poll(() => rows.count()).toBe(61);
    expect(problems).toEqual([]);
    await close();
  });
});
