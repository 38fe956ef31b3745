import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type TestRoom = { id: string };

async function roomOf(creator: TestPerson, ...others: TestPerson[]): Promise<TestRoom> {
  const { id } = (await creator.api.post('/rooms', { title: 'Test room' })).body;
  for (const person of others)
    await creator.api.post('/memberships', { roomId: id, personId: person.wireId });
  return { id };
}

const TEXT = 'abcdefghijklmnopqrstuvwxyz';
let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let room: TestRoom;
let url: string;

const upload = async (text: string, name = 'letters.txt') => {
  const form = new FormData();
  form.set('roomId', room.id);
  form.set('files', new Blob([text], { type: 'text/plain' }), name);
  return (await ada.api.post('/messages', form)).body;
};
const ask = (person: TestPerson, headers: Record<string, string> = {}, target = url, method = 'GET') =>
  fetch(target, { method, headers: { authorization: `Bearer ${person.token}`, ...headers } });

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  room = await roomOf(ada, ben);
  url = (await upload(TEXT)).files[0];
});
afterAll(() => kit.close());

describe('a file', () => {
  it('is downloaded with what a client needs to store it safely', async () => {
    const reply = await ask(ben);
    expect(reply.status).toBe(200);
    expect(await reply.text()).toBe(TEXT);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-length': '26',
      'content-disposition': 'attachment; filename="letters.txt"',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
      trackingid: expect.any(String),
    });
  });

  it('is looked at by HEAD, with the same headers and no bytes', async () => {
    const [get, head] = [await ask(ben), await ask(ben, {}, url, 'HEAD')];
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of ['content-type', 'content-length', 'content-disposition', 'etag'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
  });

  it.each([
    ['bytes=0-4', 206, 'abcde', 'bytes 0-4/26'],
    ['bytes=20-', 206, 'uvwxyz', 'bytes 20-25/26'],
    ['bytes=-3', 206, 'xyz', 'bytes 23-25/26'],
    ['bytes=-99', 206, TEXT, 'bytes 0-25/26'],
    ['bytes=20-9999', 206, 'uvwxyz', 'bytes 20-25/26'],
    ['bytes=5-2', 200, TEXT, null],
    ['bytes=0-1,5-6', 200, TEXT, null],
    ['lines=1-2', 200, TEXT, null],
    ['bytes=-', 200, TEXT, null],
  ])('answers %s with %i', async (range, status, text, contentRange) => {
    const reply = await ask(ben, { range });
    expect([reply.status, await reply.text(), reply.headers.get('content-range')]).toEqual([
      status,
      text,
      contentRange,
    ]);
    expect(reply.headers.get('content-length')).toBe(String(text.length));
  });

  it.each(['bytes=26-', 'bytes=999-1000', 'bytes=-0'])('refuses %s', async (range) => {
    const reply = await ask(ben, { range });
    expect([reply.status, reply.headers.get('content-range')]).toEqual([416, 'bytes */26']);
    expect(await reply.json()).toMatchObject({
      message: 'The range does not lie within the 26 bytes of the file.',
    });
  });

  it('gives a part only to who has the same file, and nothing to who has all of it', async () => {
    const etag = (await ask(ben)).headers.get('etag')!;
    expect((await ask(ben, { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
    expect((await ask(ben, { range: 'bytes=0-1', 'if-range': '"another"' })).status).toBe(200);
    expect((await ask(ben, { 'if-none-match': etag })).status).toBe(304);
    expect((await ask(ben, { 'if-none-match': '"another"' })).status).toBe(200);
  });

  it('may be empty', async () => {
    const empty = (await upload('', 'empty.txt')).files[0];
    const reply = await ask(ben, {}, empty);
    expect([reply.status, await reply.text(), reply.headers.get('content-length')]).toEqual([200, '', '0']);
    expect((await ask(ben, { range: 'bytes=0-' }, empty)).status).toBe(416);
  });
});

describe('who may have it', () => {
  it('members, not strangers, not former members, not people without a token or the scope', async () => {
    const eve = await kit.addPerson();
    expect((await ask(eve)).status).toBe(404);
    const former = await kit.addPerson();
    const place = await roomOf(ada, former);
    const form = new FormData();
    form.set('roomId', place.id);
    form.set('files', new Blob(['x']), 'x.txt');
    const file = (await ada.api.post('/messages', form)).body.files[0];
    expect((await ask(former, {}, file)).status).toBe(200);
    const { items } = (await former.api.get(`/memberships?roomId=${place.id}&personId=${former.wireId}`))
      .body;
    expect((await former.api.delete(`/memberships/${items[0].id}`)).status).toBe(204);
    expect((await ask(former, {}, file)).status).toBe(404);
    expect((await fetch(url)).status).toBe(401);
    const writer = await kit.mint(ada, ['spark:messages_write']);
    expect((await writer.get(url.slice(kit.baseUrl.length))).status).toBe(403);
  });

  it('a bot only where it is mentioned', async () => {
    const bot = await kit.addBot('Echo');
    const { id } = await roomOf(ada, bot);
    const send = async (markdown: string) => {
      const form = new FormData();
      form.set('roomId', id);
      form.set('markdown', markdown);
      form.set('files', new Blob(['x']), 'x.txt');
      return (await ada.api.post('/messages', form)).body.files[0];
    };
    expect((await ask(bot, {}, await send('not for bots'))).status).toBe(404);
    expect((await ask(bot, {}, await send(`<@personId:${bot.id}>`))).status).toBe(200);
  });

  it('after the message is deleted compliance officers only', async () => {
    const message = await upload('evidence');
    await ada.api.delete(`/messages/${message.id}`);
    expect((await ask(ada, {}, message.files[0])).status).toBe(404);
    const scopes = ['spark-compliance:messages_read'];
    const officer = await kit.addPerson({ roles: ['compliance_officer'], scopes });
    const reply = await ask(officer, {}, message.files[0]);
    expect([reply.status, await reply.text()]).toEqual([200, 'evidence']);
  });

  it('nobody, of what is no file', async () => {
    const plain = (await ada.api.post('/messages', { roomId: room.id, text: 'x' })).body;
    const key = (text: string) => Buffer.from(`ciscospark://us/CONTENT/${text}`).toString('base64url');
    const uuid = Buffer.from(plain.id, 'base64url').toString().split('/').at(-1)!;
    expect((await ada.api.get(`/contents/${key(`${uuid}/0`)}`)).status).toBe(404);
    expect((await ada.api.get(`/contents/${key('0197c0de-0000-7000-8000-000000000000/0')}`)).status).toBe(
      404,
    );
    const other = Buffer.from(url.split('/').at(-1)!, 'base64url')
      .toString()
      .replace(/0$/, '7')
      .slice('ciscospark://us/CONTENT/'.length);
    expect((await ada.api.get(`/contents/${key(other)}`)).status).toBe(404);
    for (const id of ['x', plain.id, key('x/0'), key(`${uuid}/99999`), key(`${uuid}/-1`), key(uuid)]) {
      const reply = await ada.api.get(`/contents/${id}`);
      expect([reply.status, reply.body.message]).toEqual([400, 'Expect base64 ID or UUID.']);
    }
  });

  it('nobody, when the bytes were purged', async () => {
    const message = await upload('purged soon');
    const etag = (await ask(ada, {}, message.files[0])).headers.get('etag')!;
    await kit.world.blobs.remove(etag.slice(1, -1));
    expect((await ask(ada, {}, message.files[0])).status).toBe(404);
  });
});
