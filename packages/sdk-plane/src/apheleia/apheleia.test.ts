import {
  listen,
  type Said,
  type SdkSocket,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const BASE = '/apheleia/api/v1';
const MINUTE_MS = 60_000;

let kit: TestPlatform;
let viewer: TestPerson;
let ada: TestPerson;
let stranger: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({
    limits: { 'presence.subscriptions_per_person': 3, 'presence.subscription_lifetime': 600 },
  });
  kit.world.clock.freeze();
  stranger = await kit.addPerson({ org: await kit.addOrg('Globex') });
});
beforeEach(async () => {
  [viewer, ada] = [await kit.addPerson(), await kit.addPerson({ name: 'Ada' })];
});
afterAll(() => kit.close());

const get = async (by = viewer, of = ada) => (await by.api.get(`${BASE}/compositions?userId=${of.id}`)).body;
const set = (by: TestPerson, body: Record<string, unknown>) =>
  by.api.post(`${BASE}/events`, { subject: by.id, ...body });
const subscribe = (by: TestPerson, subjects: string[], subscriptionTtl?: number) =>
  by.api.post(`${BASE}/subscriptions`, { subjects, subscriptionTtl, includeStatus: true });
const share = (by: TestPerson, val: boolean) =>
  by.api.post(`/feature/api/v1/features/users/${by.id}/user`, {
    key: 'user-presence-enabled',
    val,
    mutable: true,
  });

const updates = ({ said }: SdkSocket) =>
  said.flatMap(({ data }) =>
    data?.eventType === 'apheleia.subscription_update' ? [data] : [],
  ) as unknown as {
    subject: string;
    status: string;
  }[];
const isUpdate = (status: string) => (said: Said) =>
  said.data?.eventType === 'apheleia.subscription_update' &&
  (said.data as unknown as { status: string }).status === status;

describe('presence', () => {
  it('is what REST says, as long as nothing else was said (F36)', async () => {
    expect(await get()).toMatchObject({ subject: ada.id, status: 'pending' });
    await ada.api.get('/people/me');
    const now = kit.world.clock.now().toISOString();
    expect(await get()).toMatchObject({ status: 'active', lastActive: now, statusTime: now });
    kit.world.clock.advance(10 * MINUTE_MS);
    expect(await get()).toMatchObject({ status: 'inactive', lastActive: now });
  });

  it('is what somebody says, for as long as they say, by the clock', async () => {
    const set60 = await set(ada, { eventType: 'dnd', label: 'in the dark room', ttl: 60 });
    const expires = new Date(kit.world.clock.nowMs() + MINUTE_MS).toISOString();
    const said = { status: 'dnd', label: 'in the dark room', expires, expiresTTL: 60 };
    expect(set60.body).toMatchObject({ ...said, subject: ada.id });
    expect(await get()).toMatchObject(said);
    expect((await viewer.api.get(`/people/${ada.wireId}`)).body.status).toBe('DoNotDisturb');
    kit.world.clock.advance(MINUTE_MS - 1);
    expect(await get()).toMatchObject({ status: 'dnd', expiresTTL: 1 });
    kit.world.clock.advance(1);
    expect((await get()).status).not.toBe('dnd');
    await set(ada, { eventType: 'ooo' });
    kit.world.clock.advance(1000 * MINUTE_MS);
    expect(await get()).toMatchObject({ status: 'ooo' });
    expect(await get()).not.toHaveProperty('expires');
    await set(ada, { eventType: 'ooo', ttl: 0 });
    expect((await get()).status).not.toBe('ooo');
  });

  it('of strangers, of people who hide it, and of nobody is unknown (F37)', async () => {
    await set(ada, { eventType: 'meeting' });
    const unknown = { status: 'unknown' };
    expect(await get(stranger)).toEqual({ ...unknown, subject: ada.id, url: expect.any(String) });
    const subjects = [ada.id, stranger.id, 'nobody', ada.wireId];
    const { statusList } = (await viewer.api.post(`${BASE}/compositions`, { subjects })).body;
    expect(statusList.map(({ subject }: { subject: string }) => subject)).toEqual(subjects);
    expect(statusList.map(({ status }: { status: string }) => status)).toEqual([
      'meeting',
      'unknown',
      'unknown',
      'meeting',
    ]);
    expect((await share(ada, false)).body).toMatchObject({ key: 'user-presence-enabled', value: false });
    expect(await get()).toMatchObject(unknown);
    expect((await viewer.api.get(`/people/${ada.wireId}`)).body).not.toHaveProperty('status');
    await share(ada, true);
    expect(await get()).toMatchObject({ status: 'meeting' });
  });

  it.each([
    ["somebody else's", () => ({ subject: viewer.id, eventType: 'dnd' }), 404],
    ["nobody's", () => ({ subject: 'x', eventType: 'dnd' }), 404],
    ['of another kind', () => ({ subject: ada.id, eventType: 'asleep' }), 400],
    ['with a long label', () => ({ subject: ada.id, eventType: 'dnd', label: 'x'.repeat(257) }), 400],
    ['for a negative time', () => ({ subject: ada.id, eventType: 'dnd', ttl: -2 }), 400],
    ['for a time that is none', () => ({ subject: ada.id, eventType: 'dnd', ttl: 'long' }), 400],
  ])('%s is refused', async (_what, body, status) => {
    const before = (await kit.events()).length;
    const reply = await ada.api.post(`${BASE}/events`, body());
    expect(reply.status).toBe(status);
    expect((await kit.events()).length).toBe(before);
  });

  it('is asked for with the scopes of people, and toggled by its own key only', async () => {
    const blind = await kit.mint(viewer, ['spark:rooms_read']);
    expect((await blind.get(`${BASE}/compositions?userId=${ada.id}`)).status).toBe(403);
    expect((await blind.post(`${BASE}/events`, { subject: viewer.id, eventType: 'dnd' })).status).toBe(403);
    const other = { key: 'night-mode', val: true };
    expect((await ada.api.post(`/feature/api/v1/features/users/${ada.id}/user`, other)).status).toBe(501);
    const key = { key: 'user-presence-enabled', val: false };
    expect((await viewer.api.post(`/feature/api/v1/features/users/${ada.id}/user`, key)).status).toBe(404);
  });
});

describe('somebody who watches', () => {
  it('is told of what is said, and when it is over, and of nothing else', async () => {
    const bob = await kit.addPerson();
    const [socket, other] = [await listen(kit, viewer), await listen(kit, bob)];
    const { body } = await subscribe(viewer, [ada.id, stranger.id], 600);
    expect(body.responses).toMatchObject([
      { subject: ada.id, responseCode: 200, subscriptionTtl: 600, status: { subject: ada.id } },
      { subject: stranger.id, responseCode: 404, subscriptionTtl: 0, status: { status: 'unknown' } },
    ]);
    await set(ada, { eventType: 'presenting', ttl: 60 });
    await socket.next(isUpdate('presenting'));
    expect(updates(socket)).toMatchObject([{ subject: ada.id, status: 'presenting', expiresTTL: 60 }]);
    kit.world.clock.advance(MINUTE_MS);
    await kit.platform.idle();
    expect(updates(socket)).toHaveLength(2);
    expect(updates(socket)[1]!.status).not.toBe('presenting');
    await share(ada, false);
    await socket.next(isUpdate('unknown'));
    await subscribe(viewer, [ada.id], 0);
    await share(ada, true);
    await set(ada, { eventType: 'call' });
    await set(bob, { eventType: 'call' });
    await kit.platform.idle();
    expect(updates(socket)).toHaveLength(3);
    expect(updates(other)).toEqual([]);
  });

  it('is told no more when the time is over, unless they ask again', async () => {
    const socket = await listen(kit, viewer);
    await subscribe(viewer, [ada.id], 600);
    kit.world.clock.advance(599_000);
    await subscribe(viewer, [ada.id]);
    kit.world.clock.advance(599_000);
    await set(ada, { eventType: 'dnd' });
    await socket.next(isUpdate('dnd'));
    kit.world.clock.advance(1000);
    await set(ada, { eventType: 'ooo' });
    await kit.platform.idle();
    expect(updates(socket)).toHaveLength(1);
  });

  it('can watch so many at once, each counted once', async () => {
    const people = [ada, await kit.addPerson(), await kit.addPerson(), await kit.addPerson()];
    const ids = people.map(({ id }) => id);
    expect((await subscribe(viewer, ids.slice(0, 2))).status).toBe(200);
    expect((await subscribe(viewer, ids.slice(0, 3))).status).toBe(200);
    const refused = await subscribe(viewer, ids.slice(3));
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain('at most 3');
    await subscribe(viewer, ids.slice(0, 1), 0);
    expect((await subscribe(viewer, ids.slice(3))).status).toBe(200);
    const many = Array.from({ length: 501 }, () => ada.id);
    expect((await subscribe(viewer, many)).status).toBe(400);
  });
});
