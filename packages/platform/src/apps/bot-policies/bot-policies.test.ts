import { encodeWireId } from '@moothall/core';
import { addOrganization, createIncomingWebhook } from '@moothall/platform';
import { type ApiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let hub: ApiClient;
let count = 0;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  hub = await kit.page(await kit.addPerson({ roles: ['full_admin'] }), 'hub');
});
afterAll(() => kit.close());

async function makeBot(owner: TestPerson) {
  count += 1;
  const page = await kit.page(owner, 'portal');
  const form = { type: 'bot', name: `Bot ${count}`, username: `helper-${count}` };
  const { app, secret } = (await page.post('/portal/api/apps', form)).body;
  const as = (method: string, path: string, body?: unknown) =>
    kit.anonymous.request(method, path, body, { authorization: `Bearer ${secret.value}` });
  return { app, as, email: app.bot.email as string, personId: app.bot.personId as string };
}

async function roomOf(person: TestPerson, title = 'Room'): Promise<string> {
  return (await person.api.post('/rooms', { title })).body.id;
}

async function setPolicy(who: ApiClient, mode: string, botIds: string[] = []) {
  const { version } = (await who.get('/hub/api/bots')).body.policy;
  return who.put('/hub/api/bots/policy', { mode, botIds, version });
}

describe('F51: an unlisted bot', () => {
  it('is added by its address by somebody of the same organisation, and converses', async () => {
    const bot = await makeBot(ada);
    const ben = await kit.addPerson({ name: 'Ben' });
    const roomId = await roomOf(ben);
    const added = await ben.api.post('/memberships', { roomId, personEmail: bot.email.toUpperCase() });
    expect([added.status, added.body.personId]).toEqual([200, bot.personId]);
    expect((await bot.as('POST', '/messages', { roomId, text: 'hello' })).status).toBe(200);
    const direct = await ben.api.post('/messages', { toPersonEmail: bot.email, text: 'hi' });
    expect((await bot.as('GET', `/messages?roomId=${direct.body.roomId}`)).body.items[0].text).toBe('hi');
  });

  it('is added by somebody of another organisation too, unless their administrator blocks it', async () => {
    const org = await kit.addOrg('Other');
    const eve = await kit.addPerson({ org });
    const admin = await kit.page(await kit.addPerson({ org, roles: ['full_admin'] }), 'hub');
    const [bot, other] = [await makeBot(ada), await makeBot(ada)];
    const roomId = await roomOf(eve);
    const add = (email: string) => eve.api.post('/memberships', { roomId, personEmail: email });
    expect((await add(bot.email)).status).toBe(200);
    expect((await setPolicy(admin, 'listed', [bot.personId])).status).toBe(200);
    const refused = await add(other.email);
    expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('listed')]);
    expect((await eve.api.post('/messages', { toPersonEmail: other.email, text: 'x' })).status).toBe(403);
    expect((await other.as('POST', '/messages', { toPersonId: eve.wireId, text: 'x' })).status).toBe(403);
    const team = (await eve.api.post('/teams', { name: 'T' })).body;
    expect(
      (await eve.api.post('/team/memberships', { teamId: team.id, personEmail: other.email })).status,
    ).toBe(403);
    expect((await eve.api.post('/messages', { toPersonEmail: bot.email, text: 'x' })).status).toBe(200);
    const listed = (await admin.get('/hub/api/bots')).body;
    expect(listed.items).toMatchObject([
      {
        personId: bot.personId,
        own: false,
        rooms: expect.any(Number),
        allowed: true,
        owner: { active: true },
      },
    ]);
    expect(listed.policy).toEqual({ mode: 'listed', botIds: [bot.personId], version: '1' });
    expect((await setPolicy(admin, 'all')).status).toBe(200);
    expect((await add(other.email)).status).toBe(200);
  });
});

describe('the policy about bots', () => {
  it('is changed by one administrator at a time, audited, and by nobody else', async () => {
    const bot = await makeBot(ada);
    const change = { mode: 'listed', botIds: [bot.personId], version: '0' };
    const replies = await Promise.all([
      hub.put('/hub/api/bots/policy', change),
      hub.put('/hub/api/bots/policy', change),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const audited = (await kit.events()).filter(({ data }) => data.category === 'BOT_POLICY_CHANGED');
    expect(audited.at(-1)!.data.actionText).toContain('1 listed');
    expect((await setPolicy(hub, 'listed', [ada.wireId])).status).toBe(400);
    expect((await setPolicy(hub, 'listed', ['nonsense'])).status).toBe(400);
    const reader = await kit.page(await kit.addPerson({ roles: ['readonly_admin'] }), 'hub');
    expect((await reader.get('/hub/api/bots')).status).toBe(200);
    expect((await setPolicy(reader, 'all')).status).toBe(403);
    expect((await (await kit.page(ada, 'hub')).get('/hub/api/bots')).status).toBe(403);
    expect((await setPolicy(hub, 'all')).status).toBe(200);
  });

  it('lists own bots, with when they were last used, page by page', async () => {
    const bot = await makeBot(ada);
    await bot.as('GET', '/people/me');
    await expect
      .poll(async () => (await hub.get('/hub/api/bots?max=1')).body.items[0].lastActivity)
      .toMatch(/Z$/);
    const first = await hub.get('/hub/api/bots?max=1');
    expect(first.body.items).toMatchObject([{ personId: bot.personId, own: true, allowed: true }]);
    expect(first.headers.get('link')).toContain('cursor=');
  });
});

describe('F50: an organisation of the gov profile', () => {
  it('takes neither bots nor webhooks, at any door; all else works', async () => {
    const org = await kit.world.store.tx((tx) =>
      addOrganization(kit.world, tx, { displayName: 'Ministry', profile: 'gov' }),
    );
    const [gus, gil] = [await kit.addPerson({ org }), await kit.addPerson({ org })];
    const bot = await makeBot(ada);
    const roomId = await roomOf(gus);
    const team = (await gus.api.post('/teams', { name: 'T' })).body;
    const hook = { name: 'w', targetUrl: 'https://a.test/', resource: 'messages', event: 'created' };
    const refusals = [
      await gus.api.post('/memberships', { roomId, personEmail: bot.email }),
      await gus.api.post('/memberships', { roomId, personId: bot.personId }),
      await gus.api.post('/team/memberships', { teamId: team.id, personEmail: bot.email }),
      await gus.api.post('/messages', { toPersonEmail: bot.email, text: 'x' }),
      await bot.as('POST', '/messages', { toPersonId: gus.wireId, text: 'x' }),
      await gus.api.post('/webhooks', hook),
    ];
    for (const { status, body } of refusals)
      expect([status, body.message]).toEqual([403, expect.stringContaining('gov profile')]);
    const room = {
      roomId: Buffer.from(roomId, 'base64url').toString().split('/').at(-1) as never,
      name: 'x',
    };
    await expect(createIncomingWebhook(kit.world, room)).rejects.toMatchObject({ code: 'apps.not_in_gov' });
    const theirs = await roomOf(ada, 'Shared');
    await ada.api.post('/memberships', { roomId: theirs, personId: gus.wireId });
    await ada.api.post('/memberships', { roomId: theirs, personEmail: bot.email });
    expect((await gus.api.post('/memberships', { roomId, personId: gil.wireId })).status).toBe(200);
    expect((await gus.api.post('/messages', { roomId, text: 'x' })).status).toBe(200);
    expect((await gus.api.post('/messages', { roomId: theirs, text: 'x' })).status).toBe(200);
    expect((await gus.api.get('/webhooks')).body.items).toEqual([]);
    expect(encodeWireId('PEOPLE', gus.id)).toBe(gus.wireId);
  });
});
