import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ config: { rateLimits: true }, limits: { 'request.rate': 3 } });
  ada = await kit.addPerson({ name: 'Ada' });
});
afterAll(() => kit.close());

describe('rate limits', () => {
  it('are of one account, and of one kind of operation', async () => {
    const statuses = [];
    for (let count = 0; count < 4; count++) statuses.push((await ada.api.get('/rooms')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await ada.api.get('/rooms');
    const seconds = Number(refused.headers.get('retry-after'));
    expect(refused.body.message).toContain(`${seconds} seconds`);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await ada.api.get('/people/me')).status).toBe(200);
    const ben = await kit.addPerson({ name: 'Ben' });
    expect((await ben.api.get('/rooms')).status).toBe(200);
  });

  it('let what the official SDK reports use up nothing of what its program asks', async () => {
    const cy = await kit.addPerson({ name: 'Cy' });
    const statuses = [];
    for (let count = 0; count < 4; count++)
      statuses.push((await cy.api.post('/metrics/api/v1/clientmetrics', {})).status);
    expect(statuses).toEqual([204, 204, 204, 429]);
    expect((await cy.api.get('/rooms')).status).toBe(200);
  });
});
