import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';

const CLIENT = `C${'c'.repeat(64)}`;
const SECRET = 's3cret-of-the-world-file';
const CALLBACK = 'http://127.0.0.1:9999/cb';
const worldFile = `
orgs:
  - key: acme
    displayName: Acme
    people: [{ key: ada, email: ada@acme.test, displayName: Ada }]
    apps:
      - { key: echo, type: bot, name: Echo, username: echo, owner: ada }
      - { key: crm, type: integration, name: CRM, clientId: ${CLIENT}, clientSecret: ${SECRET},
          redirectUris: ["${CALLBACK}"], scopes: ["spark:people_read", "spark-admin:people_write"] }
  - key: gov
    displayName: Gov
    profile: gov
    people: [{ key: gus, email: gus@gov.test, displayName: Gus }]
`;
let kit: TestLab;
beforeAll(async () => {
  kit = await startTestLab({ worldFile });
});
afterAll(() => kit.close());

function urlOf(fields: Record<string, string> = {}): string {
  const query = { response_type: 'code', client_id: CLIENT, scope: 'spark:people_read', ...fields };
  return `https://anything.example/v1/authorize?${new URLSearchParams(query)}#top`;
}
const consent = (personEmail: string, authorizeUrl = urlOf()) =>
  kit.lab.post('/lab/v1/consents', { personEmail, authorizeUrl });

describe('consents of the lab', () => {
  it('are given as a person, for a code of an integration of the world file (F55)', async () => {
    const reply = await consent('ADA@acme.test', urlOf({ state: 'x y&z', redirect_uri: CALLBACK }));
    expect(reply.status).toBe(200);
    const url = new URL(reply.body.redirectUrl);
    expect(url.origin + url.pathname).toBe(CALLBACK);
    expect(url.searchParams.get('state')).toBe('x y&z');
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT,
      client_secret: SECRET,
      redirect_uri: CALLBACK,
      code: url.searchParams.get('code')!,
    });
    const tokens = await apiClient(kit.baseUrl).post('/access_token', form);
    expect(tokens.status).toBe(200);
    const me = await apiClient(kit.baseUrl, tokens.body.access_token).get('/people/me');
    expect(me.body.emails).toEqual(['ada@acme.test']);
  });

  it.each([
    ['nobody@acme.test', urlOf(), 404],
    ['ada@acme.test', 'no url', 400],
    ['ada@acme.test', urlOf({ client_id: 'Cother' }), 400],
    ['ada@acme.test', urlOf({ redirect_uri: 'http://127.0.0.1:9999/cb/' }), 400],
    ['ada@acme.test', urlOf({ scope: 'spark:all' }), 400],
    ['ada@acme.test', `${urlOf().split('#')[0]}&scope=spark:people_read`, 400],
    ['ada@acme.test', urlOf({ scope: 'spark-admin:people_write' }), 403],
    ['gus@gov.test', urlOf(), 403],
    ['echo@webex.bot', urlOf(), 403],
  ])('keep to the rules of the page: %s at %s', async (email, url, status) => {
    expect((await consent(email, url)).status).toBe(status);
  });
});
