import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchPings } from './pings.ts';
import { type SdkPage, type SdkPages, startSdkPages } from './sdk-page.ts';

// biome-ignore lint/suspicious/noExplicitAny: the bundle brings no types
type Sdk = any;

describe('webex 3.12.0 in Chromium', { timeout: 120_000 }, () => {
  let kit: TestPlatform;
  let pages: SdkPages;
  let ann: TestPerson;
  let ben: TestPerson;

  beforeAll(async () => {
    kit = await startTestPlatform();
    pages = await startSdkPages();
    ann = await kit.addPerson({ name: 'Ann' });
    ben = await kit.addPerson({ name: 'Ben' });
  }, 120_000);

  afterAll(async () => {
    await pages.close();
    await kit.close();
  });

  async function connected(person: TestPerson): Promise<SdkPage> {
    const opened = await pages.open();
    await opened.connect(kit.baseUrl, person.token);
    return opened;
  }

  const inPage = <Result>({ page }: SdkPage, script: string) => page.evaluate(script) as Promise<Result>;

  const heardOf = (opened: SdkPage, line: string) => expect.poll(() => opened.heard()).toContain(line);

  const posted = async (roomId: string, text: string): Promise<string> =>
    (await ann.api.post('/messages', { roomId, text })).body.id;

  it('calls the REST plugins, and nobody else', async () => {
    const opened = await connected(ann);
    expect(await inPage(opened, `webex.people.get('me').then(({ emails }) => emails)`)).toEqual([ann.email]);
    const created = await inPage<Sdk>(opened, `webex.rooms.create({ title: 'From a page' })`);
    const { body } = await ann.api.get(`/rooms/${created.id}`);
    expect(body.title).toBe('From a page');
    expect(opened.foreign).toEqual([]);
    await opened.page.close();
  });

  it('hears all four resources, each thing once and in order', async () => {
    const opened = await connected(ann);
    await opened.listen();
    const room = (await ben.api.post('/rooms', { title: 'Heard' })).body;
    const member = (await ben.api.post('/memberships', { roomId: room.id, personId: ann.wireId })).body;
    const expected = [`memberships:created ${member.id}`];
    for (let count = 0; count < 20; count++) {
      const { id } = (await ben.api.post('/messages', { roomId: room.id, text: `number ${count}` })).body;
      expected.push(`messages:created ${id}`);
    }
    const own = (await ann.api.post('/messages', { roomId: room.id, text: 'mine' })).body;
    expected.push(`messages:created ${own.id}`);
    // What is deleted before the SDK has read it is never heard.
    await heardOf(opened, `messages:created ${own.id}`);
    await ann.api.delete(`/messages/${own.id}`);
    expected.push(`messages:deleted ${own.id}`);
    await ben.api.put(`/rooms/${room.id}`, { title: 'Heard and renamed' });
    expected.push(`rooms:updated ${room.id}`);
    const heard = async () => (await opened.heard()).toSorted();
    await expect.poll(heard).toEqual(expected.toSorted());
    expect(opened.foreign).toEqual([]);
    await opened.page.close();
  });

  it('keeps all four open over several pings, and then hears a message once', async () => {
    const opened = await pages.open();
    const { sockets, pings, pongs } = watchPings(opened.page);
    const mercury = { pingInterval: 300, pongTimeout: 2000 };
    await opened.connect(kit.baseUrl, ann.token, { mercury });
    await opened.listen();
    await inPage(
      opened,
      `window.gone = []; webex.internal.mercury.on('all', (event) => /^offline/.test(event) && gone.push(event))`,
    );
    await expect.poll(() => pongs.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(8);
    expect(pings.slice(0, 8)).toEqual(pongs.slice(0, 8));
    expect(await inPage(opened, 'webex.internal.mercury.connected')).toBe(true);
    const { id: roomId } = (await ann.api.post('/rooms', { title: 'Held' })).body;
    const id = await posted(roomId, 'once');
    await heardOf(opened, `messages:created ${id}`);
    await heardOf(opened, `messages:created ${await posted(roomId, 'and another')}`);
    const heard = (await opened.heard()).filter((line) => line === `messages:created ${id}`);
    expect(heard).toHaveLength(1);
    expect(await inPage(opened, 'window.gone')).toEqual([]);
    expect(sockets).toHaveLength(1);
    await opened.page.close();
  });

  it('registers for meetings and leaves', async () => {
    const opened = await connected(ann);
    await inPage(opened, 'webex.meetings.register()');
    expect(await inPage(opened, 'webex.internal.mercury.connected')).toBe(true);
    await inPage(opened, 'webex.meetings.unregister()');
    expect(await inPage(opened, 'webex.internal.mercury.connected')).toBe(false);
    await opened.page.close();
  });

  it('heals itself at 100 registrations (F3)', async () => {
    const cyd = await kit.addPerson({ name: 'Cyd' });
    const body = { name: 'tab', deviceType: 'WEB', model: 'web-js-sdk' };
    const devices = `${kit.baseUrl}/wdm/api/v1/devices`;
    const headers = { authorization: `Bearer ${cyd.token}`, 'content-type': 'application/json' };
    const register = () => fetch(devices, { method: 'POST', headers, body: JSON.stringify(body) });
    for (let count = 0; count < 100; count++) expect((await register()).status).toBe(200);
    expect((await register()).status).toBe(403);
    const opened = await connected(cyd);
    await inPage(opened, 'webex.meetings.register()');
    const listed = (await (await fetch(devices, { headers })).json()) as { devices: unknown[] };
    expect(listed.devices.length).toBeLessThan(100);
    await opened.page.close();
  });

  it('talks over the encrypted conversation service', async () => {
    const opened = await connected(ann);
    const posted = await inPage<Sdk>(
      opened,
      `(async () => {
        await webex.internal.mercury.connect();
        const { conversation } = webex.internal;
        const participants = [webex.internal.device.userId, '${ben.id}'];
        const room = await conversation.create({ displayName: 'Private', participants }, { forceGrouped: true });
        const activity = await conversation.post(room, { displayName: 'in private' });
        const again = await conversation.get({ url: room.url }, { activitiesLimit: 5 });
        const texts = again.activities.items.filter(({ verb }) => verb === 'post').map(({ object }) => object.displayName);
        return { roomId: room.id, id: activity.id, title: again.displayName, texts };
      })()`,
    );
    expect(posted).toMatchObject({ title: 'Private', texts: ['in private'] });
    const { body } = await ben.api.get(`/rooms?max=10`);
    const room = body.items.find(({ title }: Sdk) => title === 'Private');
    const messages = await ben.api.get(`/messages?roomId=${room.id}`);
    expect(messages.body.items.map(({ text }: Sdk) => text)).toEqual(['in private']);
    await opened.page.close();
  });

  it('sees who is there', async () => {
    const opened = await connected(ann);
    await ben.api.get('/people/me');
    expect(await inPage(opened, `webex.internal.presence.get('${ben.id}')`)).toMatchObject({
      status: 'active',
    });
    await opened.page.close();
  });
});
