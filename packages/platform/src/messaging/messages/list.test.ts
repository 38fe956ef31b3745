import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roomOf, type TestRoom } from './test-support.ts';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let bot: TestPerson;
let room: TestRoom;
const sent: { id: string; created: string; text: string }[] = [];

const post = async (body: object, by = ada) =>
  (await by.api.post('/messages', { roomId: room.id, ...body })).body;
const texts = (reply: { body: { items: { text: string }[] } }) => reply.body.items.map((item) => item.text);
const linkOf = (reply: { headers: Headers }) =>
  /^<(.+)>; rel="next"$/.exec(reply.headers.get('link') ?? '')?.[1];

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  bot = await kit.addBot('Echo');
  room = await roomOf(kit, ada, ben, bot);
  sent.push(await post({ text: 'one' }), await post({ text: 'two' }, ben));
  sent.push(await post({ markdown: `<@personId:${bot.id}|Echo> three` }));
  sent.push(await post({ markdown: `<@personId:${ben.id}|Ben> four`, parentId: sent[0]!.id }));
  sent.push(await post({ text: 'five' }, bot));
});
afterAll(() => kit.close());

const list = (query: string, by = ada) => by.api.get(`/messages?roomId=${room.id}${query}`);

describe('listing a room', () => {
  it('shows the newest first, with who wrote', async () => {
    const reply = await list('');
    expect(texts(reply)).toEqual(['five', 'Ben four', 'Echo three', 'two', 'one']);
    expect(reply.body.items[3].personEmail).toBe(ben.email);
    expect(reply.headers.get('link')).toBeNull();
    expect(reply.body.items).toEqual([...sent].reverse());
  });

  it('needs roomId, with the text as observed', async () => {
    const reply = await ada.api.get('/messages');
    expect([reply.status, reply.body.message]).toEqual([
      400,
      "Required String parameter 'roomId' is not present",
    ]);
  });

  it('filters by parent, time and message', async () => {
    expect(texts(await list(`&parentId=${sent[0]!.id}`))).toEqual(['Ben four']);
    expect(texts(await list(`&beforeMessage=${sent[2]!.id}`))).toEqual(['two', 'one']);
    const before = await list(`&before=${sent[0]!.created}`);
    expect(texts(before)).toEqual([]);
    expect(texts(await list('&before=2999-01-01T00:00:00Z&max=1'))).toEqual(['five']);
    const both = await list(`&before=2999-01-01&beforeMessage=${sent[1]!.id}`);
    expect(texts(both)).toEqual(['one']);
  });

  it('lists mentions of oneself only', async () => {
    expect(texts(await list('&mentionedPeople=me', ben))).toEqual(['Ben four']);
    expect(texts(await list(`&mentionedPeople=${ben.wireId}`, ben))).toEqual(['Ben four']);
    expect((await list(`&mentionedPeople=${ben.wireId}`, ada)).status).toBe(400);
    expect((await list('&mentionedPeople=nobody', ada)).body.message).toBe('Expect base64 ID or UUID.');
  });

  it('clamps a page and refuses sizes that are none', async () => {
    expect((await list('&max=100000')).body.items).toHaveLength(5);
    expect((await list('&max=2.7')).body.items).toHaveLength(2);
    for (const max of ['0', '-1', 'x', '']) expect((await list(`&max=${max}`)).status).toBe(400);
  });

  it('keeps all parameters in the one link', async () => {
    const first = await list(`&max=1&mentionedPeople=me&before=2999-01-01T00%3A00%3A00Z&unknown=a%26b`, ben);
    expect(linkOf(first)).toBeUndefined();
    const second = await list('&max=2&before=2999-01-01T00%3A00%3A00Z&unknown=a%26b', ben);
    const link = linkOf(second)!;
    expect(link.startsWith(`${kit.baseUrl}/v1/messages?`)).toBe(true);
    const parameters = new URL(link).searchParams;
    expect(parameters.get('roomId')).toBe(room.id);
    expect(parameters.get('before')).toBe('2999-01-01T00:00:00Z');
    expect(parameters.get('unknown')).toBe('a&b');
    expect(texts(await ben.api.get(link.slice(kit.baseUrl.length)))).toEqual(['Echo three', 'two']);
  });

  it('answers 400 or 404 to what is no cursor, no time, no message of the room', async () => {
    const elsewhere = await roomOf(kit, ada);
    const other = (await ada.api.post('/messages', { roomId: elsewhere.id, text: 'x' })).body;
    expect((await list(`&beforeMessage=${other.id}`)).status).toBe(404);
    expect((await list('&beforeMessage=0197c0de-0000-7000-8000-000000000000')).status).toBe(404);
    const cursor = Buffer.from(`nonsense|${sent[0]!.id}`).toString('base64url');
    const aged = Buffer.from('2026-99-99|0197c0de-0000-7000-8000-000000000000').toString('base64url');
    for (const query of [
      '&cursor=zzz',
      `&cursor=${cursor}`,
      `&cursor=${aged}`,
      '&before=yesterday',
      '&parentId=x',
    ])
      expect((await list(query)).status).toBe(400);
    expect((await list('&before=0001-01-01')).status).toBe(200);
    expect((await list('&before=9999-12-31T23:59:59.999999999Z')).status).toBe(200);
  });

  it('is closed to strangers', async () => {
    const stranger = await kit.addPerson({ org: await kit.addOrg('Other') });
    expect((await list('', stranger)).status).toBe(404);
    expect((await stranger.api.get(`/messages/${sent[0]!.id}`)).status).toBe(404);
    expect((await ada.api.get('/messages/0197c0de-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await ada.api.get('/messages/xyz')).body.message).toBe('Expect base64 ID or UUID.');
    expect((await ada.api.get(`/messages/${room.id}`)).status).toBe(400);
  });
});

describe('bots in a group room', () => {
  it('list only what mentions them, and must ask so', async () => {
    const reply = await list('', bot);
    expect([reply.status, reply.body.message]).toEqual([
      403,
      'A bot sees only messages that mention it in a group room: add mentionedPeople=me.',
    ]);
    expect(texts(await list('&mentionedPeople=me', bot))).toEqual(['Echo three']);
  });

  it('get what mentions them and their own, nothing else', async () => {
    const statuses = [];
    for (const { id } of sent) statuses.push((await bot.api.get(`/messages/${id}`)).status);
    expect(statuses).toEqual([404, 404, 200, 404, 200]);
  });

  it('are not meant by a mention of all', async () => {
    const { id } = await post({ markdown: '<@all> listen' });
    expect((await bot.api.get(`/messages/${id}`)).status).toBe(404);
  });
});
