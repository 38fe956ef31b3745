import { EPOCH_STATE } from '@moothall/store';
import {
  apiClient,
  listen,
  openSocket,
  registerDevice,
  type Said,
  type SdkSocket,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

let kit: TestPlatform;
let ann: TestPerson;
let ben: TestPerson;
let cat: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform();
  [ann, ben, cat] = [await kit.addPerson(), await kit.addPerson(), await kit.addPerson()];
});
afterAll(() => kit.close());

async function roomOf(owner: TestPerson, ...members: TestPerson[]): Promise<string> {
  const roomId = (await owner.api.post('/rooms', { title: 'Kitchen' })).body.id as string;
  for (const { wireId } of members) await owner.api.post('/memberships', { roomId, personId: wireId });
  return roomId;
}

const say = async (person: TestPerson, roomId: string, text: string, markdown?: string) =>
  (await person.api.post('/messages', { roomId, ...(markdown ? { markdown } : { text }) })).body.id as string;

const activityOf = ({ data }: Said) => data?.activity as { verb: string; object: { displayName?: string } };
const verbs = ({ said }: SdkSocket) => said.flatMap((one) => activityOf(one)?.verb ?? []);
const words = ({ said }: SdkSocket) =>
  said.flatMap((one) => (activityOf(one)?.verb === 'post' ? [activityOf(one).object.displayName] : []));
const isWord = (text: string) => (one: Said) =>
  activityOf(one)?.verb === 'post' && activityOf(one).object.displayName === text;

describe('a message', () => {
  it('goes to every socket of every member once, in one order, under parallel posts', async () => {
    const roomId = await roomOf(ann, ben, cat);
    const sockets = await Promise.all([ann, ann, ben, cat].map((person) => listen(kit, person)));
    const posts = [ann, ben, cat].flatMap((person, which) =>
      Array.from({ length: 40 }, (_, count) => say(person, roomId, `${which} ${count}`)),
    );
    const ids = await Promise.all(posts);
    await vi.waitFor(() => {
      for (const socket of sockets) expect(words(socket)).toHaveLength(posts.length);
    });
    expect(new Set(words(sockets[0]!)).size).toBe(posts.length);
    for (const socket of sockets) {
      expect(words(socket)).toEqual(words(sockets[0]!));
      const numbers = socket.said.map(({ sequenceNumber }) => sequenceNumber);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
    const listed = await ann.api.get(`/messages?roomId=${roomId}&max=200`);
    const inOrder = listed.body.items.map(({ text }: { text: string }) => text).reverse();
    expect(words(sockets[0]!)).toEqual(inOrder);
    expect(ids).toHaveLength(inOrder.length);
  });

  it('goes to nobody else: strangers, bots that it does not mention, tokens without the scope', async () => {
    const bot = await kit.addBot('Mixer');
    const roomId = await roomOf(ann, bot, ben);
    const narrow = await kit.addPerson({ scopes: ['spark:people_read', 'spark:rooms_read'] });
    await ann.api.post('/memberships', { roomId, personId: narrow.wireId });
    const stranger = await kit.addPerson({ org: await kit.addOrg('Globex') });
    const [heard, ofBot, ofNarrow, ofStranger] = await Promise.all(
      [ben, bot, narrow, stranger].map((person) => listen(kit, person)),
    );
    await say(ann, roomId, 'for people');
    await say(ann, roomId, '', `<@personId:${bot.wireId}|Mixer> for the bot`);
    await say(ann, roomId, 'last');
    await heard!.next(isWord('last'));
    await ann.api.put(`/rooms/${roomId}`, { title: 'Pantry' });
    for (const socket of [ofBot!, ofNarrow!]) await socket.next((one) => activityOf(one)?.verb === 'update');
    expect(words(heard!)).toEqual(['for people', 'Mixer for the bot', 'last']);
    expect(words(ofBot!)).toEqual(['Mixer for the bot']);
    expect(words(ofNarrow!)).toEqual([]);
    expect(ofStranger!.said).toHaveLength(1);
  });

  it('is heard from joining on, and not after leaving, which is heard itself', async () => {
    const roomId = await roomOf(ann);
    const socket = await listen(kit, cat);
    await say(ann, roomId, 'before');
    await ann.api.post('/memberships', { roomId, personId: cat.wireId });
    await say(ann, roomId, 'during');
    await socket.next(isWord('during'));
    const { body } = await ann.api.get(`/memberships?roomId=${roomId}&personId=${cat.wireId}`);
    await ann.api.delete(`/memberships/${body.items.at(-1).id}`);
    await say(ann, roomId, 'after');
    const other = await roomOf(ann, cat);
    await say(ann, other, 'elsewhere');
    await socket.next(isWord('elsewhere'));
    expect(words(socket)).toEqual(['during', 'elsewhere']);
    expect(verbs(socket)).toEqual(expect.arrayContaining(['add', 'leave']));
  });
});

describe('a socket that does not take what is sent', () => {
  it('is cut off with a code on which SDKs come back, and others do not wait', async () => {
    const tight = await startTestPlatform({
      limits: { 'realtime.unsent_for': 1, 'realtime.unsent_bytes': 4_194_304 },
    });
    const [owner, slow] = [await tight.addPerson(), await tight.addPerson()];
    const roomId = await roomOf(owner, slow);
    const quick = await listen(tight, owner);
    const stuck = await listen(tight, slow);
    stuck.webSocket.pause();
    const metrics = async () => (await fetch(`${tight.baseUrl}/metrics`)).text();
    const isCut = async () => /^moot_sockets_cut_total 1$/m.test(await metrics());
    // It is cut off once the buffers of the system between the two hold no more.
    const markdown = 'x'.repeat(7000);
    while (!(await isCut()))
      await Promise.all(Array.from({ length: 50 }, () => say(owner, roomId, '', markdown)));
    await say(owner, roomId, 'last');
    await quick.next(isWord('last'));
    stuck.webSocket.resume();
    const { code } = await stuck.closed;
    expect([1006, 1011]).toContain(code);
    expect(quick.webSocket.readyState).toBe(1);
    expect(await metrics()).toMatch(/^moot_sockets_open 1$/m);
    await tight.close();
  }, 120_000);
});

describe('sockets that say nothing', () => {
  it('are cut off above a number, the oldest first, so that newcomers get in', async () => {
    const few = await startTestPlatform({ limits: { 'realtime.unauthorized_sockets': 20 } });
    const person = await few.addPerson();
    const { url } = await registerDevice(few, person);
    const silent = [];
    for (let count = 0; count < 30; count++) silent.push(await openSocket(url));
    await Promise.all(silent.slice(0, 10).map(({ closed }) => closed));
    await listen(few, person);
    expect(silent.slice(11).every(({ webSocket }) => webSocket.readyState === 1)).toBe(true);
    await few.close();
  });

  it('are cut off when they take too long', async () => {
    const hasty = await startTestPlatform({ limits: { 'realtime.authorize_within': 1 } });
    const { url } = await registerDevice(hasty, await hasty.addPerson());
    const { code, reason } = await (await openSocket(url)).closed;
    expect(code).toBe(4401);
    expect(reason).toContain('in time');
    await hasty.close();
  });
});

describe('a client that was away', () => {
  const cursorOf = ({ said }: SdkSocket) => said.at(-1)!.cursor!;

  it('gets what it missed, once and in order, and goes on', async () => {
    const roomId = await roomOf(ann, ben);
    const first = await listen(kit, ben, { query: 'resume=1' });
    await say(ann, roomId, 'one');
    await first.next(isWord('one'));
    first.webSocket.terminate();
    await say(ann, roomId, 'two');
    await ann.api.put(`/rooms/${roomId}`, { title: 'Pantry' });
    await say(ann, roomId, 'three');
    const cursor = encodeURIComponent(cursorOf(first));
    const second = await listen(kit, ben, { device: first.device, query: `cursor=${cursor}` });
    await second.next(isWord('three'));
    await say(ann, roomId, 'four');
    await second.next(isWord('four'));
    expect(words(second)).toEqual(['two', 'three', 'four']);
    expect(verbs(second)).toEqual(['post', 'update', 'post', 'post']);
  });

  it('misses nothing and hears nothing twice, however often it goes while others write', async () => {
    const roomId = await roomOf(ann, ben, cat);
    const total = 240;
    const heard: string[] = [];
    const ids = new Set<string>();
    const device = await registerDevice(kit, cat);
    const first = await listen(kit, cat, { device, query: 'resume=1' });
    let cursor = cursorOf(first);
    first.webSocket.terminate();
    const writing = (async () => {
      for (let count = 0; count < total; count += 8) {
        const some = Array.from({ length: 8 }, (_, at) => say(at % 2 ? ann : ben, roomId, `w${count + at}`));
        await Promise.all(some);
      }
    })();
    let stayMs = 15;
    while (heard.length < total) {
      const before = heard.length;
      const query = `cursor=${encodeURIComponent(cursor)}`;
      const socket = await listen(kit, cat, { device, query });
      await new Promise((resolve) => setTimeout(resolve, stayMs));
      socket.webSocket.terminate();
      for (const one of socket.said) {
        if (one.cursor !== undefined) cursor = one.cursor;
        if (activityOf(one)?.verb !== 'post' || ids.has(one.id!)) continue;
        ids.add(one.id!);
        heard.push(activityOf(one).object.displayName!);
      }
      // On a busy machine nothing comes in so short a time, however often.
      stayMs = heard.length > before ? 15 : Math.min(stayMs * 2, 1000);
    }
    await writing;
    const { body } = await ann.api.get(`/messages?roomId=${roomId}&max=500`);
    const written = body.items.map(({ text }: { text: string }) => text).reverse();
    expect(heard).toEqual(written);
  }, 120_000);

  it.each([
    ['of another world', '1~5:1:', 'another world'],
    ['malformed', 'nonsense', 'malformed'],
  ])('is told of a gap when its cursor is %s', async (_what, cursor, reason) => {
    const socket = await listen(kit, ben, { query: `cursor=${encodeURIComponent(cursor)}` });
    const { data } = await socket.next(({ data }) => data?.eventType === 'mercury.resume_gap');
    expect(data.reason).toContain(reason);
    const roomId = await roomOf(ann, ben);
    await say(ann, roomId, 'all the same');
    await socket.next(isWord('all the same'));
  });

  it('is told of a gap when the world was put back to an earlier one meanwhile', async () => {
    const first = await listen(kit, ben, { query: 'resume=1' });
    const query = `cursor=${encodeURIComponent(cursorOf(first))}`;
    await kit.platform.stopWork();
    await kit.world.store.pool.query('insert into state (name, value) values ($1, $2)', [EPOCH_STATE, '1']);
    await kit.platform.startWork();
    const second = await listen(kit, ben, { device: first.device, query });
    const { data } = await second.next(({ data }) => data?.eventType === 'mercury.resume_gap');
    expect(data.reason).toContain('another world');
  });

  it('is told of a gap when it missed more than is kept for it', async () => {
    const short = await startTestPlatform({ limits: { 'realtime.resume_events': 5 } });
    const [owner, away] = [await short.addPerson(), await short.addPerson()];
    const roomId = await roomOf(owner, away);
    const first = await listen(short, away, { query: 'resume=1' });
    await say(owner, roomId, 'seen');
    await first.next(isWord('seen'));
    first.webSocket.terminate();
    for (let count = 0; count < 8; count++) await say(owner, roomId, `${count}`);
    const query = `cursor=${encodeURIComponent(cursorOf(first))}`;
    const second = await listen(short, away, { device: first.device, query });
    const { data } = await second.next(({ data }) => data?.eventType === 'mercury.resume_gap');
    expect(data.reason).toBe('more than 5 events were missed');
    await short.close();
  });

  it('hears nothing of rooms that it left meanwhile but that it left', async () => {
    const roomId = await roomOf(ann, cat);
    const first = await listen(kit, cat, { query: 'resume=1' });
    const query = `cursor=${encodeURIComponent(cursorOf(first))}`;
    first.webSocket.terminate();
    await first.closed;
    await say(ann, roomId, 'behind the back');
    const { body } = await cat.api.get(`/memberships?roomId=${roomId}&personId=${cat.wireId}`);
    await cat.api.delete(`/memberships/${body.items[0].id}`);
    // A client that comes before the log has got there hears it as one that never was away: in the log's order.
    await kit.platform.idle();
    const second = await listen(kit, cat, { device: first.device, query });
    await second.next((one) => activityOf(one)?.verb === 'leave');
    expect(words(second)).toEqual([]);
  });
});

it('refuses a socket elsewhere than at a registration', async () => {
  const reply = await fetch(`${kit.baseUrl}/mercury/v1/apps/wx2/registrations/none/messages`);
  expect(reply.status).toBe(404);
  expect((await apiClient(kit.baseUrl).get('/people/me')).status).toBe(401);
});
