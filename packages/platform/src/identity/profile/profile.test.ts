import { type ApiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let page: ApiClient;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  ada = await kit.addPerson({ name: 'Ada' });
  page = await kit.page(ada);
});
afterAll(() => kit.close());

const me = async () => (await page.get('/idb/api/me')).body;
const change = async (body: Record<string, unknown>, client = page) =>
  client.patch('/idb/api/me', { version: (await me()).version, ...body });

describe('my profile', () => {
  it('is shown and changed in part; an empty text removes', async () => {
    expect(await me()).toMatchObject({ id: ada.wireId, email: ada.email, displayName: 'Ada' });
    const changed = await change({ firstName: 'Ada', lastName: 'Адлер', timezone: 'Europe/Berlin' });
    expect(changed.body).toMatchObject({ firstName: 'Ada', lastName: 'Адлер', timezone: 'Europe/Berlin' });
    const renamed = await change({ displayName: ' Ada A. ', timezone: '' });
    expect(renamed.body).toEqual(await me());
    expect(renamed.body).toMatchObject({ displayName: 'Ada A.', firstName: 'Ada' });
    expect(renamed.body).not.toHaveProperty('timezone');
    expect((await ada.api.get('/people/me')).body.displayName).toBe('Ada A.');
    expect((await kit.events()).at(-1)).toMatchObject({ actor_id: ada.id });
  });

  it('is not overwritten by who read it before: one of two at once is told so', async () => {
    const { version } = await me();
    const replies = await Promise.all(
      ['One', 'Two'].map((displayName) => page.patch('/idb/api/me', { version, displayName })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(replies.find(({ status }) => status === 409)!.body.message).toMatch(/reload the page/);
  });

  it.each([
    [{ displayName: ' ' }],
    [{ displayName: 'x'.repeat(257) }],
    [{ timezone: 'Mars/Olympus' }],
    [{ firstName: 7 }],
    [{ firstName: 'a\0b' }],
  ])('is refused as %j', async (body) => {
    expect((await change(body)).status).toBe(400);
  });

  it('asks for a session, and a version', async () => {
    expect((await kit.anonymous.get('/idb/api/me')).status).toBe(401);
    expect((await ada.api.get('/idb/api/me')).status).toBe(401);
    expect((await page.patch('/idb/api/me', { displayName: 'X' })).status).toBe(400);
    expect((await page.patch('/idb/api/me', { version: 'yesterday', displayName: 'X' })).status).toBe(409);
  });
});
