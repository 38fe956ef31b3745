import {
  type ApiClient,
  apiClient,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PATH = '/portal/api/personal-token';
let kit: TestPlatform;
let ada: TestPerson;
let portal: ApiClient;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false, limits: { 'token.active_per_account': 3 } });
  kit.world.clock.freeze();
  ada = await kit.addPerson({ name: 'Ada', roles: ['user_admin'] });
  portal = await kit.page(ada, 'portal');
});
afterAll(() => kit.close());

const works = async (text: string) => (await apiClient(kit.baseUrl, text).get('/people/me')).status;

describe('the personal access token', () => {
  it('lives 12 hours with all that the roles allow, and its text is told once', async () => {
    expect((await portal.get(PATH)).body).toEqual({});
    const { body } = await portal.post(PATH);
    expect(body.text).toMatch(new RegExp(`_P0A1_${ada.orgId}$`));
    expect(body.scopes).toEqual(
      expect.arrayContaining(['spark:all', 'spark:kms', 'spark-admin:people_write']),
    );
    expect(Date.parse(body.expires) - Date.parse(body.created)).toBe(12 * 3_600_000);
    const shown = await portal.get(PATH);
    const { text, ...rest } = body;
    expect(shown.body).toEqual({ token: rest });
    kit.world.clock.advance(12 * 3_600_000 - 1);
    expect(await works(text)).toBe(200);
    kit.world.clock.advance(1);
    expect(await works(text)).toBe(401);
    expect((await portal.get(PATH)).body).toEqual({});
  });

  it('replaces the one before, also of many at once, and never eats up the limit (F15)', async () => {
    const first = (await portal.post(PATH)).body.text;
    const replies = await Promise.all(Array.from({ length: 6 }, () => portal.post(PATH)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await works(first)).toBe(401);
    const statuses = await Promise.all(replies.map(({ body }) => works(body.text)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const { rows } = await kit.world.store.pool.query(
      'select count(*) as count from token where person_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)',
      [ada.id, kit.world.clock.now()],
    );
    expect(rows).toEqual([{ count: 3 }]);
  });

  it('is refused at the limit where there is none to replace, and ends on demand', async () => {
    expect((await portal.delete(PATH)).status).toBe(204);
    expect((await portal.delete(PATH)).status).toBe(204);
    await kit.mint(ada, ['spark:all']);
    const refused = await portal.post(PATH);
    expect([refused.status, refused.body.message]).toEqual([400, 'tokenlimit_reached']);
  });

  it('asks for a session that has entered the portal', async () => {
    expect((await kit.anonymous.post(PATH)).status).toBe(401);
    expect((await ada.api.post(PATH)).status).toBe(401);
    const account = await kit.page(await kit.addPerson());
    const refused = await account.get(PATH);
    expect([refused.status, refused.body.message]).toEqual([401, 'Sign in to portal to go on.']);
  });
});
