import { setPresenceSharing } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

let kit: TestPlatform;
let viewer: TestPerson;
let ada: TestPerson;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  kit.world.clock.freeze();
  viewer = await kit.addPerson({ name: 'Viewer' });
});
beforeEach(async () => {
  ada = await kit.addPerson({ name: 'Ada' });
});
afterAll(() => kit.close());

const view = async (api = viewer.api) => (await api.get(`/people/${ada.wireId}`)).body;
const stored = async () => {
  const { rows } = await kit.world.store.pool.query<{ at: Date | null }>(
    'select last_activity as at from person where id = $1',
    [ada.id],
  );
  return rows[0]?.at?.getTime();
};

describe('presence', () => {
  it('is pending for who never acted (F38)', async () => {
    kit.world.clock.advance(40 * DAY);
    expect((await view()).status).toBe('pending');
    expect(await view()).not.toHaveProperty('lastActivity');
  });

  it('is active from an act on, and inactive after ten minutes (F36)', async () => {
    await ada.api.get('/rooms');
    const actedAt = kit.world.clock.now().toISOString();
    kit.world.clock.advance(10 * MINUTE - 1);
    expect(await view()).toMatchObject({ status: 'active', lastActivity: actedAt });
    kit.world.clock.advance(1);
    expect(await view()).toMatchObject({ status: 'inactive', lastActivity: actedAt });
    await ada.api.get('/people/me');
    expect((await view()).status).toBe('active');
  });

  it('is unknown when more than thirty days went by (F35)', async () => {
    await ada.api.get('/people/me');
    kit.world.clock.advance(30 * DAY - SECOND);
    expect((await view()).status).toBe('inactive');
    kit.world.clock.advance(SECOND);
    expect((await view()).status).toBe('inactive');
    kit.world.clock.advance(1);
    expect((await view()).status).toBe('unknown');
    await ada.api.get('/people/me');
    expect((await view()).status).toBe('active');
  });

  it('is not told to other organisations, nor by lookups of ids (F37)', async () => {
    await ada.api.get('/people/me');
    const stranger = await kit.addPerson({ org: await kit.addOrg('Globex') });
    const lookup = await viewer.api.get(`/people?id=${ada.wireId}`);
    for (const body of [await view(stranger.api), lookup.body.items[0]]) {
      expect(body.id).toBe(ada.wireId);
      expect(body).not.toHaveProperty('status');
      expect(body).not.toHaveProperty('lastActivity');
    }
  });

  it('is shown neither of nor to somebody who does not share it, by keys that are absent (F37)', async () => {
    const share = (person: TestPerson, shares: boolean) =>
      kit.world.store.tx((tx) => setPresenceSharing(kit.world, tx, person.id, shares));
    const listed = async () => (await viewer.api.get(`/people?email=${ada.email}`)).body.items[0];
    await ada.api.get('/people/me');
    for (const hidden of [ada, viewer]) {
      await share(hidden, false);
      const seen = [await view(), await listed(), (await hidden.api.get('/people/me')).body];
      for (const body of seen)
        for (const key of ['status', 'lastActivity']) expect(body).not.toHaveProperty(key);
      await share(hidden, true);
      for (const body of [await view(), await listed()]) expect(body).toMatchObject({ status: 'active' });
    }
    const root = await kit.addPerson({ roles: ['full_admin'], scopes: ['spark-admin:people_write'] });
    await share(ada, false);
    await root.api.put(`/people/${ada.wireId}`, { displayName: 'Ada' });
    expect(await view()).not.toHaveProperty('status');
  });

  it('is stored at most once a minute, survives the process’s memory, and makes no event', async () => {
    const before = (await kit.events()).length;
    await ada.api.get('/people/me');
    const firstMs = kit.world.clock.nowMs();
    await vi.waitFor(async () => expect(await stored()).toBe(firstMs));
    kit.world.clock.advance(59 * SECOND);
    await ada.api.get('/people/me');
    expect((await view()).lastActivity).toBe(kit.world.clock.now().toISOString());
    expect(await stored()).toBe(firstMs);
    kit.world.clock.advance(SECOND);
    await ada.api.get('/rooms');
    await vi.waitFor(async () => expect(await stored()).toBe(firstMs + MINUTE));
    kit.world.caches.clearAll();
    expect((await view()).lastActivity).toBe(new Date(firstMs + MINUTE).toISOString());
    expect((await kit.events()).length).toBe(before);
  });
});
