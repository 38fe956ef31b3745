import { type ApiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let root: TestPerson;
let page: ApiClient;
let other: ApiClient;

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  root = await kit.addPerson({ roles: ['full_admin'] });
  page = await kit.page(root, 'hub');
  const org = await kit.addOrg('Globex');
  other = await kit.page(await kit.addPerson({ org, roles: ['full_admin'] }), 'hub');
});
afterAll(() => kit.close());

const claim = (name: string, api = page) => api.post('/hub/api/domains', { name });

describe('mail domains', () => {
  it('are claimed at once in the lab, and take in who is invited by address', async () => {
    expect((await claim('Büro.example')).body).toEqual({ name: 'xn--bro-hoa.example', status: 'verified' });
    expect((await claim('xn--bro-hoa.example')).status).toBe(200);
    expect((await page.get('/hub/api/domains')).body.items).toEqual([
      { name: 'xn--bro-hoa.example', status: 'verified' },
    ]);
    expect((await kit.events()).at(-2)).toMatchObject({ data: { category: 'ORGANIZATION_UPDATED' } });
    const stranger = await kit.addPerson({ org: await kit.addOrg('Third') });
    const { id: roomId } = (await stranger.api.post('/rooms', { title: 'R' })).body;
    const member = await stranger.api.post('/memberships', { roomId, personEmail: 'mia@büro.example' });
    expect(member.body.personOrgId).toBe((await page.get('/hub/api/organization')).body.id);
  });

  it('belong to one organisation, also when two claim one at once', async () => {
    const replies = await Promise.all([claim('duel.example'), claim('duel.example', other)]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
    expect((await other.get('/hub/api/domains')).body.items.length).toBeLessThan(2);
  });

  it.each(['', 'nonsense', 'a b.example', 'x@y.example', 'webex.bot', '-a.example'])(
    'are none: %j',
    async (name) => {
      const reply = await claim(name);
      expect([reply.status, reply.body.message]).toEqual([400, expect.stringMatching(/^name: /)]);
    },
  );

  it('are seen by administrators who read, and claimed by full administrators', async () => {
    const reader = await kit.page(await kit.addPerson({ roles: ['readonly_admin'] }), 'hub');
    expect((await reader.get('/hub/api/domains')).status).toBe(200);
    expect((await claim('reader.example', reader)).status).toBe(403);
  });

  it('cannot be claimed without proof in production, which is told', async () => {
    const real = await startTestPlatform({ work: false, config: { mode: 'production' } });
    const api = await real.page(await real.addPerson({ roles: ['full_admin'] }), 'hub');
    const reply = await claim('acme.example', api);
    expect([reply.status, reply.body.message]).toEqual([501, expect.stringContaining('ask the operator')]);
    expect((await api.get('/hub/api/domains')).body.items).toEqual([]);
    await real.close();
  });
});
