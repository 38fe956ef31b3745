import {
  addClient,
  CALLBACK,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  ada = await kit.addPerson();
  await addClient(kit);
});
afterAll(() => kit.close());

const pathOf = (goto?: string) =>
  `/idb/oauth2/v1/logout?${new URLSearchParams({ cisService: 'webex', ...(goto !== undefined && { goto }) })}`;

describe('the logout endpoint', () => {
  it('ends the session and sends the browser on', async () => {
    const page = await kit.page(ada, 'portal');
    const reply = await page.get(pathOf(CALLBACK));
    expect([reply.status, reply.headers.get('location')]).toEqual([302, CALLBACK]);
    expect(reply.headers.get('set-cookie')).toMatch(/^moot_session=;.*Max-Age=0/);
    expect((await page.get('/idb/api/authorization-requests')).status).toBe(401);
  });

  it('sends on who is not signed in, to our own page unless said', async () => {
    expect((await kit.anonymous.get(pathOf())).headers.get('location')).toBe('/account');
    expect((await kit.anonymous.get(pathOf('/portal?a=1'))).headers.get('location')).toBe(
      `${kit.baseUrl}/portal?a=1`,
    );
    expect((await kit.anonymous.get(pathOf(`${kit.baseUrl}/hub`))).headers.get('location')).toBe(
      `${kit.baseUrl}/hub`,
    );
  });

  it.each([
    'https://evil.test/',
    '//evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    `${CALLBACK}/`,
    `${CALLBACK}?x=1`,
    'https://crm.test@evil.test/cb',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://',
    ' https://evil.test',
  ])('is no way to another site: %s', async (goto) => {
    const page = await kit.page(ada);
    const reply = await page.get(pathOf(goto));
    expect([reply.status, reply.headers.get('location')]).toEqual([400, null]);
  });
});
