import { addOrganization } from '@moothall/platform';
import { type AnyBody, startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
});
afterAll(() => kit.close());

describe('kinds of apps', () => {
  it('tell beforehand what cannot be made, and why (F50, F79)', async () => {
    const refusedIn = async (request: Parameters<typeof addOrganization>[2]) => {
      const org = await kit.world.store.tx((tx) => addOrganization(kit.world, tx, request));
      const page = await kit.page(await kit.addPerson({ org }), 'portal');
      const { items } = (await page.get('/portal/api/app-kinds')).body;
      return (items as AnyBody[]).filter(({ refusal }) => refusal !== undefined);
    };
    expect(await refusedIn({ displayName: 'Customer' })).toEqual([]);
    expect(await refusedIn({ displayName: 'Free', kind: 'personal' })).toEqual([
      { type: 'embedded', refusal: expect.stringContaining('Developer Sandbox'), offersSandbox: true },
    ]);
    const gov = await refusedIn({ displayName: 'Gov', profile: 'gov' });
    expect(gov).toHaveLength(5);
    expect(gov[0]).toMatchObject({
      refusal: expect.stringContaining('not available'),
      offersSandbox: false,
    });
  });

  it('let an embedded app drop an address of its own by an empty text', async () => {
    const page = await kit.page(await kit.addPerson(), 'portal');
    const startUrl = 'https://notes.test/';
    const form = { type: 'embedded', name: 'Notes', contexts: ['space'], validDomains: ['notes.test'] };
    const { app } = (
      await page.post('/portal/api/apps', { ...form, startUrl, spaceStartUrl: `${startUrl}space` })
    ).body;
    expect(app.embedded.spaceStartUrl).toBe(`${startUrl}space`);
    const change = { version: app.version, spaceStartUrl: '' };
    const { body } = await page.patch(`/portal/api/apps/${app.id}`, change);
    expect(body.embedded.spaceStartUrl).toBeUndefined();
    expect(body.embedded.startUrl).toBe(startUrl);
  });
});
