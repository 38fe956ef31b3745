import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
});
afterAll(() => kit.close());

const CLUSTERS = '/calliope/api/discovery/v1/clusters';

it('has no media cluster to measure, for either line of the SDK', async () => {
  const about = { 'previous-report': { version: 0 }, trigger: 'registration' };
  for (const reply of [await ada.api.get(CLUSTERS), await ada.api.post(CLUSTERS, about)])
    expect([reply.status, reply.body]).toEqual([200, { clusters: {}, joinCookie: {} }]);
  expect((await kit.anonymous.get(CLUSTERS)).status).toBe(401);
});

it('refuses preferences of meetings in a way that the SDK gets over', async () => {
  expect((await ada.api.get('/meetingPreferences')).status).toBe(501);
});
