import { createHash } from 'node:crypto';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { CompactEncrypt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KmsClient } from '../kms/test-kms-client.ts';

const BASE = '/conversation/api/v1';

let kit: TestPlatform;
let ann: TestPerson;
let ben: TestPerson;
let stranger: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform();
  [ann, ben] = [await kit.addPerson({ name: 'Ann' }), await kit.addPerson({ name: 'Ben' })];
  stranger = await kit.addPerson({ org: await kit.addOrg('Globex') });
});
afterAll(() => kit.close());

const wireIdOf = (id: string) => Buffer.from(`ciscospark://us/ROOM/${id}`).toString('base64url');
const adding = (...people: { id: string }[]) => ({
  items: [
    { verb: 'create' },
    ...people.map(({ id }) => ({ verb: 'add', object: { objectType: 'person', id } })),
  ],
});

async function create(by = ann, ...others: { id: string }[]) {
  const reply = await by.api.post(`${BASE}/conversations`, {
    displayName: 'Kitchen',
    activities: adding(...others),
  });
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
}

const submit = (by: TestPerson, { id }: { id: string }, activity: Record<string, unknown>) =>
  by.api.post(`${BASE}/conversations/${id}/activities`, activity);
const comment = (displayName: string) => ({ verb: 'post', object: { objectType: 'comment', displayName } });
const messagesOf = async (by: TestPerson, { id }: { id: string }) =>
  (await by.api.get(`/messages?roomId=${wireIdOf(id)}`)).body.items;

/** Encrypts as the SDK does, with a key that it got from the key service. */
function seal(text: string, key: { uri: string; jwk: { k: string } }): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: key.uri })
    .encrypt(Buffer.from(key.jwk.k, 'base64url'));
}

describe('a conversation', () => {
  it('is a room with its members, told with the key of it', async () => {
    const conversation = await create(ann, ben);
    expect(conversation).toMatchObject({
      objectType: 'conversation',
      url: `${kit.baseUrl}${BASE}/conversations/${conversation.id}`,
      displayName: 'Kitchen',
      tags: ['NOT_ONE_ON_ONE'],
      defaultActivityEncryptionKeyUrl: expect.stringMatching(/^kms:\/\//),
      kmsResourceObjectUrl: expect.stringMatching(/^kms:\/\//),
    });
    const members = conversation.participants.items.map(({ id }: { id: string }) => id).sort();
    expect(members).toEqual([ann.id, ben.id].sort());
    expect((await ben.api.get(`/rooms/${wireIdOf(conversation.id)}`)).body.title).toBe('Kitchen');
    const events = (await kit.events()).slice(-8).map(({ resource, event }) => `${resource}:${event}`);
    expect(events).toEqual(expect.arrayContaining(['rooms:created', 'memberships:created']));
  });

  it('begins whole or not at all', async () => {
    const before = (await ann.api.get('/rooms?max=1000')).body.items.length;
    const nobody = { id: '00000000-0000-4000-8000-000000000000' };
    const reply = await ann.api.post(`${BASE}/conversations`, {
      displayName: 'Half',
      activities: adding(ben, nobody),
    });
    expect(reply.status).toBe(404);
    expect((await ann.api.get('/rooms?max=1000')).body.items).toHaveLength(before);
  });

  it('of two is their direct room, whoever begins and however often', async () => {
    const body = { tags: ['ONE_ON_ONE'], activities: adding(ben) };
    const one = await ann.api.post(`${BASE}/conversations`, body);
    expect(one.body).toMatchObject({ tags: ['ONE_ON_ONE'], computedTitle: 'Ben' });
    const other = await ben.api.post(`${BASE}/conversations`, { ...body, activities: adding(ann) });
    expect(other.body.id).toBe(one.body.id);
    const found = await ann.api.get(`${BASE}/conversations/user/${ben.id}`);
    expect(found.body.id).toBe(one.body.id);
    const { body: sent } = await ann.api.post('/messages', { toPersonId: ben.wireId, text: 'hello' });
    expect(sent.roomId).toBe(wireIdOf(one.body.id));
    expect((await ann.api.get(`${BASE}/conversations/user/${stranger.id}`)).status).toBe(404);
    const three = { tags: ['ONE_ON_ONE'], activities: adding(ben, stranger) };
    const refused = await ann.api.post(`${BASE}/conversations`, three);
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain('ONE_ON_ONE');
  });

  it('without a name is called after who is in it', async () => {
    const reply = await ann.api.post(`${BASE}/conversations`, { activities: adding(ben) });
    expect(reply.body.displayName).toBe('Ann, Ben');
  });

  it('is shown with as much as is asked for', async () => {
    const conversation = await create(ann, ben);
    for (const text of ['one', 'two', 'three']) await submit(ann, conversation, comment(text));
    const path = `${BASE}/conversations/${conversation.id}`;
    const bare = (await ben.api.get(`${path}?activitiesLimit=0&includeParticipants=false`)).body;
    expect(bare).toMatchObject({ activities: { items: [] }, participants: { items: [] } });
    const full = (await ben.api.get(`${path}?activitiesLimit=2&includeParticipants=true`)).body;
    expect(full.activities.items).toMatchObject([
      { verb: 'post', object: { displayName: 'two' } },
      { verb: 'post', object: { displayName: 'three' }, actor: { id: ann.id } },
    ]);
    expect(full.participants.items).toHaveLength(2);
    const listed = (await ben.api.get(`${BASE}/conversations?conversationsLimit=1`)).body.items;
    expect(listed).toMatchObject([{ id: conversation.id }]);
    const activities = (await ben.api.get(`${path}/activities?activitiesLimit=10`)).body.items;
    expect(activities).toHaveLength(3);
    const [first] = activities;
    const earlier = await ben.api.get(`${path}/activities?maxDate=${Date.parse(activities[1].published)}`);
    expect(earlier.body.items.map(({ id }: { id: string }) => id)).toContain(first.id);
    expect((await ben.api.get(`${BASE}/activities/${first.id}`)).body).toMatchObject({
      id: first.id,
      verb: 'post',
    });
  });

  it('and all in it are nothing to strangers', async () => {
    const conversation = await create(ann, ben);
    const { body } = await submit(ann, conversation, comment('private'));
    const path = `${BASE}/conversations/${conversation.id}`;
    const replies = [
      await stranger.api.get(path),
      await stranger.api.get(`${path}/activities`),
      await stranger.api.get(`${BASE}/activities/${body.id}`),
      await stranger.api.post(`${path}/content`, {}),
      await submit(stranger, conversation, comment('me too')),
      await submit(stranger, conversation, { verb: 'acknowledge', object: { id: body.id } }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect(await messagesOf(ann, conversation)).toHaveLength(1);
  });
});

describe('an activity', () => {
  it('of each verb does what REST does', async () => {
    const conversation = await create(ann, ben);
    const cat = await kit.addPerson();
    const person = { objectType: 'person', id: cat.id };
    const room = async () => (await ann.api.get(`/rooms/${wireIdOf(conversation.id)}`)).body;
    const member = async () =>
      (await ann.api.get(`/memberships?roomId=${wireIdOf(conversation.id)}&personId=${cat.wireId}`)).body
        .items[0];
    const does = async (activity: Record<string, unknown>) => {
      const { status, text, body } = await submit(ann, conversation, activity);
      expect(status, text).toBe(200);
      expect(body).toMatchObject({ objectType: 'activity', verb: activity.verb });
      return body;
    };
    await does({ verb: 'add', object: person });
    expect(await member()).toMatchObject({ isModerator: false });
    await does({ verb: 'lock', object: { objectType: 'conversation' } });
    expect((await room()).isLocked).toBe(true);
    await does({ verb: 'assignModerator', object: person });
    expect(await member()).toMatchObject({ isModerator: true });
    await does({ verb: 'unassignModerator', object: person });
    await does({ verb: 'unlock', object: { objectType: 'conversation' } });
    expect((await room()).isLocked).toBe(false);
    await does({ verb: 'update', object: { objectType: 'conversation', displayName: 'Larder' } });
    expect((await room()).title).toBe('Larder');
    await does({ verb: 'leave', object: person });
    expect(await member()).toBeUndefined();
    const posted = await does({ ...comment('one'), clientTempId: 'tmp' });
    expect(posted.clientTempId).toBe('tmp');
    const edit = { ...comment('two'), parent: { id: posted.id, type: 'edit' } };
    expect((await does(edit)).object.displayName).toBe('two');
    const reply = await does({ ...comment('three'), parent: { id: posted.id, type: 'reply' } });
    expect(reply.parent).toEqual({ id: posted.id, type: 'reply' });
    await does({ verb: 'delete', object: { id: reply.id } });
    expect((await messagesOf(ben, conversation)).map(({ text }: { text: string }) => text)).toEqual(['two']);
  });

  it('with HTML is a message with HTML, and mentions whom it mentions', async () => {
    const conversation = await create(ann, ben);
    const mention = `<spark-mention data-object-type="person" data-object-id="${ben.id}">Ben</spark-mention>`;
    const object = {
      objectType: 'comment',
      displayName: 'Hi Ben',
      content: `<b>Hi</b> ${mention}<script>1</script>`,
    };
    await submit(ann, conversation, { verb: 'post', object });
    const [message] = await messagesOf(ben, conversation);
    expect(message).toMatchObject({ text: 'Hi Ben', mentionedPeople: [ben.wireId] });
    expect(message.html).toContain('Hi');
    expect(message.html).toContain('spark-mention');
    expect(message.html).not.toContain('script');
  });

  it('on a card submits it', async () => {
    const conversation = await create(ann, ben);
    const content = { type: 'AdaptiveCard', version: '1.2', body: [] };
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
    const card = await ben.api.post('/messages', {
      roomId: wireIdOf(conversation.id),
      text: 'card',
      attachments,
    });
    const id = Buffer.from(card.body.id, 'base64url').toString().split('/').at(-1);
    const object = { objectType: 'submit', inputs: '{"dish":"pie"}' };
    const { status, body } = await submit(ann, conversation, {
      verb: 'cardAction',
      object,
      parent: { id, type: 'cardAction' },
    });
    expect(status).toBe(200);
    const actionId = Buffer.from(`ciscospark://us/ATTACHMENT_ACTION/${body.id}`).toString('base64url');
    expect((await ben.api.get(`/attachment/actions/${actionId}`)).body.inputs).toEqual({ dish: 'pie' });
  });

  it('hides a direct room, and shows it again', async () => {
    const cat = await kit.addPerson();
    const direct = (
      await ann.api.post(`${BASE}/conversations`, { tags: ['ONE_ON_ONE'], activities: adding(cat) })
    ).body;
    const isListed = async () =>
      (await ann.api.get('/rooms?type=direct&max=1000')).body.items.some(
        ({ id }: { id: string }) => id === wireIdOf(direct.id),
      );
    expect((await submit(ann, direct, { verb: 'hide', object: { objectType: 'conversation' } })).status).toBe(
      200,
    );
    expect(await isListed()).toBe(false);
    await submit(ann, direct, { verb: 'unhide', object: { objectType: 'conversation' } });
    expect(await isListed()).toBe(true);
  });

  it('notes what has been read, never backwards, and tells members', async () => {
    const conversation = await create(ann, ben);
    const one = (await submit(ann, conversation, comment('one'))).body;
    const two = (await submit(ann, conversation, comment('two'))).body;
    const acknowledge = (id: string) => submit(ben, conversation, { verb: 'acknowledge', object: { id } });
    expect((await acknowledge(two.id)).status).toBe(200);
    await acknowledge(one.id);
    const path = `${BASE}/conversations/${conversation.id}`;
    expect((await ben.api.get(path)).body.lastSeenActivityUUID).toBe(two.id);
    expect((await ann.api.get(path)).body).not.toHaveProperty('lastSeenActivityUUID');
    const { items } = (await ann.api.get(`${path}?participantAckFilter=all`)).body.participants;
    const seen = items.find(({ id }: { id: string }) => id === ben.id).roomProperties;
    expect(seen).toMatchObject({ lastSeenActivityUUID: two.id, lastSeenActivityDate: expect.any(String) });
    const receipts = (await kit.events()).filter(({ resource }) => resource === 'readReceipts');
    expect(receipts.at(-1)!.data).toMatchObject({ personId: ben.id, messageId: two.id });
    expect(receipts.filter(({ data }) => data.messageId === one.id)).toEqual([]);
  });

  it.each([
    ['of a verb that is not built', { verb: 'addReaction' }, 501, 'verb'],
    ['of a verb that every object has', { verb: 'toString' }, 501, 'verb'],
    ['without a verb', { object: {} }, 400, 'verb'],
    ['about nothing', { verb: 'delete' }, 400, 'object.id'],
    ['about no UUID', { verb: 'leave', object: { id: 'me' } }, 400, 'object.id'],
    ['in reply to no UUID', { ...comment('a'), parent: { id: '1' } }, 400, 'parent.id'],
    ['without words', { verb: 'post', object: { objectType: 'comment' } }, 400, ''],
    [
      'with inputs that are no object',
      { verb: 'cardAction', object: { inputs: '[1]' }, parent: { id: 'x' } },
      400,
      '',
    ],
    [
      'with a message that the key service cannot open',
      { ...comment('a'), kmsMessage: 'no' },
      400,
      'kmsMessage',
    ],
    [
      'encrypted with no key',
      { ...comment('a'), encryptionKeyUrl: 'kms://kms.moothall.local/keys/1' },
      404,
      'key',
    ],
  ])('%s is refused', async (_what, activity, status, named) => {
    const conversation = await create();
    const reply = await submit(ann, conversation, activity);
    expect(reply.status, reply.text).toBe(status);
    expect(reply.body.message).toContain(named);
    expect(await messagesOf(ann, conversation)).toEqual([]);
  });

  it('needs the scope of the operation that does the same', async () => {
    const conversation = await create(ann, ben);
    const reader = await kit.mint(ann, ['spark:rooms_read', 'spark:messages_read']);
    const path = `${BASE}/conversations/${conversation.id}`;
    expect((await reader.get(`${path}?activitiesLimit=5`)).status).toBe(200);
    for (const activity of [comment('no'), { verb: 'add', object: { id: stranger.id } }, { verb: 'lock' }])
      expect((await reader.post(`${path}/activities`, activity)).status).toBe(403);
    expect((await reader.get(`${path}?includeParticipants=true`)).status).toBe(403);
    expect((await reader.post(`${BASE}/conversations`, { activities: adding() })).status).toBe(403);
  });

  it('shares no files', async () => {
    const conversation = await create();
    const reply = await ann.api.post(`${BASE}/conversations/${conversation.id}/content`, { verb: 'share' });
    expect(reply.status).toBe(501);
    expect(reply.body.message).toContain('POST /v1/messages');
  });
});

describe('encrypted content', () => {
  it('is opened on arrival, under the key that its sender made', async () => {
    const client = await KmsClient.connected(kit, ann);
    const { keys } = await client.ask('create', '/keys', { count: 1 });
    const [key] = keys;
    const kmsMessage = await client.wrap({
      method: 'create',
      uri: '/resources',
      userIds: [ann.id, ben.id],
      keyUris: [key.uri],
    });
    const reply = await ann.api.post(`${BASE}/conversations`, {
      displayName: await seal('Over the SDK', key),
      encryptionKeyUrl: key.uri,
      defaultActivityEncryptionKeyUrl: key.uri,
      kmsMessage,
      activities: adding(ben),
    });
    expect(reply.status, reply.text).toBe(200);
    expect(reply.body).toMatchObject({
      displayName: 'Over the SDK',
      defaultActivityEncryptionKeyUrl: key.uri,
    });
    const answer = await client.open(reply.body.kmsMessage);
    expect(answer.resource.uri).toBe(reply.body.kmsResourceObjectUrl);
    const object = {
      objectType: 'comment',
      displayName: await seal('a word', key),
      content: await seal('<b>a word</b>', key),
    };
    const posted = await submit(ann, reply.body, { verb: 'post', object, encryptionKeyUrl: key.uri });
    expect(posted.status, posted.text).toBe(200);
    const [message] = await messagesOf(ben, reply.body);
    expect(message).toMatchObject({ text: 'a word', personEmail: ann.email });
    const other = await KmsClient.connected(kit, ben);
    expect((await other.ask('retrieve', key.uri)).key.jwk.k).toBe(key.jwk.k);
    const bad = { objectType: 'comment', displayName: await seal('x', { ...key, jwk: { k: wrongKey() } }) };
    const refused = await submit(ann, reply.body, { verb: 'post', object: bad, encryptionKeyUrl: key.uri });
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain('object.displayName');
    const foreign = await submit(stranger, reply.body, { verb: 'post', object, encryptionKeyUrl: key.uri });
    expect(foreign.status).toBe(404);
  });

  it('goes on with another key when a member makes one', async () => {
    const conversation = await create(ann, ben);
    const client = await KmsClient.connected(kit, ben);
    const [key] = (await client.ask('create', '/keys', { count: 1 })).keys;
    const kmsMessage = await client.wrap({
      method: 'update',
      uri: key.uri,
      resourceUri: conversation.kmsResourceObjectUrl,
    });
    const object = { objectType: 'conversation', defaultActivityEncryptionKeyUrl: key.uri };
    const reply = await submit(ben, conversation, { verb: 'updateKey', object, kmsMessage });
    expect(reply.status, reply.text).toBe(200);
    const shown = await ann.api.get(`${BASE}/conversations/${conversation.id}`);
    expect(shown.body.defaultActivityEncryptionKeyUrl).toBe(key.uri);
    const unbound = { ...object, defaultActivityEncryptionKeyUrl: 'kms://kms.moothall.local/keys/none' };
    expect((await submit(ben, conversation, { verb: 'updateKey', object: unbound })).status).toBe(404);
  });
});

describe('users', () => {
  it('are found by address, and invited where that is asked for', async () => {
    const [known, fresh] = [ben.email, 'new.one@acme.test'];
    const body = [{ email: known }, { email: fresh }];
    const looked = await ann.api.post(`${BASE}/users`, body);
    expect(looked.body).toEqual({
      [known]: { userExists: true, id: ben.id },
      [fresh]: { userExists: false },
    });
    const invited = (await ann.api.post(`${BASE}/users?shouldCreateUsers=true`, body)).body;
    expect(invited[fresh]).toMatchObject({ userExists: true });
    expect((await ann.api.post(`${BASE}/users`, [{ email: fresh }])).body[fresh].id).toBe(invited[fresh].id);
    expect((await ann.api.get(`${BASE}/users`)).body).toMatchObject({ id: ann.id, email: ann.email });
    expect((await ann.api.post(`${BASE}/users`, [{ email: 'no address' }])).status).toBe(400);
    const many = Array.from({ length: 201 }, (_, index) => ({ email: `a${index}@b.test` }));
    expect((await ann.api.post(`${BASE}/users`, many)).status).toBe(400);
  });
});

function wrongKey(): string {
  return createHash('sha256').update('another key').digest('base64url');
}
