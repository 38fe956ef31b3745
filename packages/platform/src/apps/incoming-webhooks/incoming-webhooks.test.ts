import { encodeWireId, type Uuid } from '@moothall/core';
import { createIncomingWebhook } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let roomId: string;
let path: string;
let botId: Uuid;

const uuidOf = (wireId: string) => atob(wireId).split('/').at(-1) as Uuid;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  roomId = (await ada.api.post('/rooms', { title: 'Builds' })).body.id;
  const made = await createIncomingWebhook(kit.world, { roomId: uuidOf(roomId), name: 'Build Server' });
  expect(made.url.startsWith(`${kit.baseUrl}/v1/webhooks/incoming/`)).toBe(true);
  path = made.url.slice(kit.baseUrl.length);
  botId = made.personId;
});
afterAll(() => kit.close());

const latest = async () => (await ada.api.get(`/messages?roomId=${roomId}&max=1`)).body.items[0];

describe('incoming webhooks', () => {
  it('posts text or markdown, as JSON or a form, without a token, as a bot of the room', async () => {
    const json = await kit.anonymous.post(path, { markdown: 'Build **failed**' });
    expect([json.status, json.text]).toEqual([204, '']);
    expect(await latest()).toMatchObject({
      html: expect.stringContaining('<strong>failed</strong>'),
      personId: encodeWireId('PEOPLE', botId),
      personEmail: expect.stringMatching(/^build-server-[0-9a-f]{12}@webex\.bot$/),
    });
    expect((await kit.anonymous.post(path, new URLSearchParams({ text: 'urlencoded' }))).status).toBe(204);
    expect((await latest()).text).toBe('urlencoded');
    const form = new FormData();
    form.set('text', 'multipart');
    expect((await kit.anonymous.post(path, form)).status).toBe(204);
    expect((await latest()).text).toBe('multipart');
  });

  it("shows the bot among the members, in the room's organisation, named after the webhook", async () => {
    const { body } = await ada.api.get(`/memberships?roomId=${roomId}`);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        personId: encodeWireId('PEOPLE', botId),
        personDisplayName: 'Build Server',
        personOrgId: encodeWireId('ORGANIZATION', kit.orgId),
      }),
    );
  });

  it('has a path that is the unpadded base64 of its wire id, and answers 404 to any other', async () => {
    const token = path.split('/').at(-1)!;
    expect(token).not.toContain('=');
    expect(atob(token)).toMatch(/^ciscospark:\/\/us\/WEBHOOK\/[0-9a-f-]{14}4[0-9a-f-]{21}$/);
    const others = [
      encodeWireId('WEBHOOK', kit.world.ids.uuid()),
      encodeWireId('ROOM', kit.orgId),
      'x',
      '%00',
    ];
    for (const other of others) {
      const reply = await kit.anonymous.post(`/webhooks/incoming/${other}`, { text: 'x' });
      expect(reply.status === 404 || (other === '%00' && reply.status === 400)).toBe(true);
    }
  });

  it('refuses what no message could be', async () => {
    expect((await kit.anonymous.post(path, {})).status).toBe(400);
    expect((await kit.anonymous.post(path, { text: 'x'.repeat(8000) })).status).toBe(400);
    expect((await kit.anonymous.post(path, { text: 5 })).status).toBe(400);
    expect(
      (await kit.anonymous.request('POST', path, '{"text":', { 'content-type': 'application/json' })).status,
    ).toBe(400);
  });

  it('needs a group room that exists, and a name', async () => {
    const { body: direct } = await ada.api.post('/messages', {
      toPersonEmail: (await kit.addPerson()).email,
      text: 'hello',
    });
    const make = (request: { roomId: Uuid; name: string }) => createIncomingWebhook(kit.world, request);
    await expect(make({ roomId: uuidOf(direct.roomId), name: 'x' })).rejects.toThrow(/needs a group room/);
    await expect(make({ roomId: kit.orgId, name: 'x' })).rejects.toThrow(/Could not find a room/);
    await expect(make({ roomId: uuidOf(roomId), name: ' ' })).rejects.toThrow(/^name: /);
  });

  it('ends when its bot is taken out of the room', async () => {
    const { body } = await ada.api.get(
      `/memberships?roomId=${roomId}&personId=${encodeWireId('PEOPLE', botId)}`,
    );
    expect((await ada.api.delete(`/memberships/${body.items[0].id}`)).status).toBe(204);
    expect((await kit.anonymous.post(path, { text: 'x' })).status).toBe(404);
  });
});
