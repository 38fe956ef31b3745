import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
});
afterAll(() => kit.close());

describe('rooms', () => {
  it('creates a room, whose creator is in it, and emits both events', async () => {
    const created = await ada.api.post('/rooms', { title: 'General talk' });
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({
      title: 'General talk',
      type: 'group',
      isLocked: false,
      creatorId: ada.wireId,
    });
    const read = await ada.api.get(`/rooms/${created.body.id}/`);
    expect(read.body).toEqual(created.body);
    const events = (await kit.events()).map((event) => `${event.resource}:${event.event}`);
    expect(events.slice(-2)).toEqual(['rooms:created', 'memberships:created']);
  });

  it('refuses a room without a title with the documented text', async () => {
    const reply = await ada.api.post('/rooms', { title: '  ' });
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({
      message: 'Title cannot be empty.',
      errors: [{ description: 'Title cannot be empty.' }],
    });
    expect(reply.body.trackingId).toBe(reply.headers.get('trackingid'));
  });

  it('tells strangers and the absent alike that there is no such room', async () => {
    const { body } = await ada.api.post('/rooms', { title: 'Private' });
    const stranger = await ben.api.get(`/rooms/${body.id}`);
    expect(stranger.status).toBe(404);
    expect(stranger.body.message).toBe('Could not find a room with provided ID.');
    expect((await ben.api.get('/rooms/not-an-id')).body.message).toBe('Expect base64 ID or UUID.');
  });

  it('pages with one absolute link that keeps the parameters', async () => {
    const carl = await kit.addPerson({ name: 'Carl' });
    for (const title of ['one', 'two', 'three']) await carl.api.post('/rooms', { title });
    const first = await carl.api.get('/rooms?max=2&sortBy=created&type=group');
    expect(first.body.items).toHaveLength(2);
    const link = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1];
    expect(link).toMatch(new RegExp(`^${kit.baseUrl}/v1/rooms\\?.*type=group`));
    const second = await carl.api.get(link!.slice(kit.baseUrl.length));
    expect(second.body.items.map((room: { title: string }) => room.title)).toEqual(['one']);
    expect(second.headers.get('link')).toBeNull();
  });

  it('answers 401 without a token and 405 to a method that the path has not', async () => {
    const anonymous = await kit.anonymous.get('/rooms');
    expect(anonymous.status).toBe(401);
    const wrong = await ada.api.request('PATCH', '/rooms');
    expect([wrong.status, wrong.body.message]).toEqual([405, "Request method 'PATCH' not supported"]);
  });
});
