import {
  listen,
  type Said,
  type SdkSocket,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

type Activity = Record<'id' | 'verb' | 'url' | 'published', string> &
  Record<'actor' | 'object' | 'target' | 'parent', Record<string, unknown>>;

let kit: TestPlatform;
let ann: TestPerson;
let ben: TestPerson;
let bot: TestPerson;
let roomId: string;
let socket: SdkSocket;
beforeAll(async () => {
  kit = await startTestPlatform();
  [ann, ben, bot] = [await kit.addPerson(), await kit.addPerson({ name: 'Ben' }), await kit.addBot('Mixer')];
});
beforeEach(async () => {
  roomId = (await ann.api.post('/rooms', { title: 'Kitchen' })).body.id;
  await ann.api.post('/memberships', { roomId, personId: ben.wireId });
  socket = await listen(kit, ben);
});
afterAll(() => kit.close());

const uuid = (wireId: string) => Buffer.from(wireId, 'base64url').toString().split('/').at(-1)!;
const activityOf = (said: Said) => said.data?.activity as Activity | undefined;

/** The first activity of a verb. */
async function told(verb: string, by: SdkSocket = socket): Promise<Activity> {
  return activityOf(await by.next((said) => activityOf(said)?.verb === verb))!;
}

const membership = async (person: TestPerson) =>
  (await ann.api.get(`/memberships?roomId=${roomId}&personId=${person.wireId}`)).body.items[0].id as string;

describe('a message', () => {
  it('is told as a post under its own id, as it can be fetched', async () => {
    const { body } = await ann.api.post('/messages', {
      roomId,
      markdown: `**Hi** <@personId:${ben.wireId}|Ben>`,
    });
    const activity = await told('post');
    const conversation = `${kit.baseUrl}/conversation/api/v1/conversations/${uuid(roomId)}`;
    expect(activity).toMatchObject({
      id: uuid(body.id),
      url: `${kit.baseUrl}/conversation/api/v1/activities/${uuid(body.id)}`,
      published: body.created,
      actor: {
        objectType: 'person',
        id: ann.id,
        entryUUID: ann.id,
        emailAddress: ann.email,
        orgId: ann.orgId,
      },
      object: {
        objectType: 'comment',
        displayName: body.text,
        content: body.html,
        mentions: { items: [{ objectType: 'person', id: ben.id }] },
      },
      target: { objectType: 'conversation', id: uuid(roomId), url: conversation, tags: ['NOT_ONE_ON_ONE'] },
    });
    expect(activity.object).not.toHaveProperty('encryptionKeyUrl');
    const envelope = socket.said.find((said) => activityOf(said)?.verb === 'post')!;
    expect(envelope).toMatchObject({ id: uuid(body.id), data: { eventType: 'conversation.activity' } });
  });

  it('names what it replies to, and its cards', async () => {
    const first = await ann.api.post('/messages', { roomId, text: 'first' });
    const content = { type: 'AdaptiveCard', version: '1.2', body: [] };
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
    await ann.api.post('/messages', { roomId, parentId: first.body.id, text: 'card', attachments });
    const said = await socket.next((one) => activityOf(one)?.parent !== undefined);
    expect(activityOf(said)).toMatchObject({
      verb: 'post',
      parent: { id: uuid(first.body.id), type: 'reply' },
      object: { cards: [JSON.stringify(content)] },
    });
  });

  it('with a file is told as a share, and the file can be fetched', async () => {
    const form = new FormData();
    form.set('roomId', roomId);
    form.set('files', new Blob(['a,b'], { type: 'text/csv' }), 'list.csv');
    await fetch(`${kit.baseUrl}/v1/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ann.token}` },
      body: form,
    });
    const { object } = await told('share');
    expect(object).toMatchObject({ objectType: 'content', contentCategory: 'documents' });
    const [file] = (object.files as { items: { displayName: string; url: string }[] }).items;
    expect(file!.displayName).toBe('list.csv');
    const fetched = await fetch(file!.url, { headers: { authorization: `Bearer ${ben.token}` } });
    expect(await fetched.text()).toBe('a,b');
  });

  it('is told as edited, which is no new message, and as deleted', async () => {
    const { body } = await ann.api.post('/messages', { roomId, text: 'one' });
    await ann.api.put(`/messages/${body.id}`, { roomId, text: 'two' });
    expect(await told('edit')).toMatchObject({
      parent: { id: uuid(body.id), type: 'edit' },
      object: { displayName: 'two' },
    });
    await ann.api.delete(`/messages/${body.id}`);
    const deleted = await told('delete');
    expect(deleted.object).toMatchObject({ objectType: 'activity', id: uuid(body.id) });
    expect(deleted.target).toMatchObject({ tags: ['NOT_ONE_ON_ONE'] });
    const verbs = socket.said.flatMap((said) => activityOf(said)?.verb ?? []);
    expect(verbs).toEqual(['post', 'edit', 'delete']);
    const ids = socket.said.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('in a direct room is told so', async () => {
    await ann.api.post('/messages', { toPersonId: ben.wireId, text: 'alone' });
    const created = await told('create');
    expect(created.object).toMatchObject({ tags: ['ONE_ON_ONE'] });
    expect(created.object).not.toHaveProperty('displayName');
    expect((await told('post')).target).toMatchObject({ tags: ['ONE_ON_ONE'] });
  });
});

describe('a room', () => {
  it('is told as created once, with whom it began with', async () => {
    const listener = await listen(kit, ann);
    const { body } = await ann.api.post('/rooms', { title: 'Pantry', isLocked: true });
    // What was done before and is passed on only now, such as the room of this test, comes to it as well.
    const isOfPantry = (said: Said) => {
      const { object, target } = activityOf(said) ?? {};
      return [object?.id, target?.id].includes(uuid(body.id));
    };
    const { object, actor } = activityOf(await listener.next(isOfPantry))!;
    expect(object).toMatchObject({
      id: uuid(body.id),
      displayName: 'Pantry',
      tags: ['NOT_ONE_ON_ONE', 'LOCKED'],
    });
    expect(object.participants).toMatchObject({
      items: [{ id: ann.id, roomProperties: { isModerator: true } }],
    });
    expect(actor).toMatchObject({ id: ann.id });
    await ann.api.post('/messages', { roomId: body.id, text: 'last' });
    await told('post', listener);
    const verbs = listener.said.filter(isOfPantry).map((said) => activityOf(said)!.verb);
    expect(verbs).toEqual(['create', 'post']);
  });

  it('is told as updated, locked and unlocked', async () => {
    await ann.api.put(`/rooms/${roomId}`, { title: 'Larder' });
    expect((await told('update')).object).toMatchObject({ id: uuid(roomId), displayName: 'Larder' });
    await ann.api.put(`/rooms/${roomId}`, { title: 'Larder', isLocked: true });
    expect((await told('lock')).object).toMatchObject({
      tags: ['NOT_ONE_ON_ONE', 'LOCKED'],
      creatorUUID: ann.id,
    });
    await ann.api.put(`/rooms/${roomId}`, { title: 'Larder', isLocked: false });
    expect((await told('unlock')).object).toMatchObject({ tags: ['NOT_ONE_ON_ONE'] });
  });

  it('that ends is left by everybody', async () => {
    await ann.api.delete(`/rooms/${roomId}`);
    expect((await told('leave')).object).toMatchObject({ objectType: 'person' });
  });
});

describe('a membership', () => {
  it('is told as it begins, as moderation changes, and as it ends, to who leaves as well', async () => {
    const cat = await kit.addPerson({ name: 'Cat' });
    await ann.api.post('/memberships', { roomId, personId: cat.wireId });
    expect(await told('add')).toMatchObject({
      actor: { id: ann.id },
      object: { entryUUID: cat.id, emailAddress: cat.email, roomProperties: { isModerator: false } },
    });
    const own = await listen(kit, cat);
    await ann.api.put(`/memberships/${await membership(cat)}`, { isModerator: true });
    const assigned = await socket.next(
      (said) => activityOf(said)?.verb === 'assignModerator' && activityOf(said)!.object.id === cat.id,
    );
    expect(activityOf(assigned)!.object.roomProperties).toEqual({ isModerator: true });
    await ann.api.put(`/memberships/${await membership(cat)}`, { isModerator: false });
    expect((await told('unassignModerator')).object).toMatchObject({ id: cat.id });
    await ann.api.delete(`/memberships/${await membership(cat)}`);
    for (const listener of [socket, own])
      expect(await told('leave', listener)).toMatchObject({ object: { id: cat.id }, actor: { id: ann.id } });
  });

  it('that hides a direct room is told to who hides it, and to nobody else', async () => {
    const { body } = await ben.api.post('/messages', { toPersonId: ann.wireId, text: 'hello' });
    const other = await listen(kit, ann);
    const { body: own } = await ben.api.get(`/memberships?roomId=${body.roomId}&personId=${ben.wireId}`);
    await ben.api.put(`/memberships/${own.items[0].id}`, { isRoomHidden: true });
    expect(await told('hide')).toMatchObject({ actor: { id: ben.id }, object: { id: uuid(body.roomId) } });
    await ben.api.put(`/memberships/${own.items[0].id}`, { isRoomHidden: false });
    expect(await told('unhide')).toMatchObject({ actor: { id: ben.id } });
    await ben.api.post('/messages', { toPersonId: ann.wireId, text: 'shown again' });
    await told('post', other);
    const verbs = other.said.flatMap((said) => activityOf(said)?.verb ?? []);
    expect(verbs.filter((verb) => verb.endsWith('hide'))).toEqual([]);
  });
});

describe('what is submitted on a card', () => {
  it('is told to who submits and to the author of the card; to the others, that something was', async () => {
    await ann.api.post('/memberships', { roomId, personId: bot.wireId });
    const content = { type: 'AdaptiveCard', version: '1.2', body: [] };
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
    const card = await bot.api.post('/messages', { roomId, text: 'card', attachments });
    const sockets = [await listen(kit, bot), await listen(kit, ann)];
    const inputs = { dish: 'pie' };
    const { body } = await ben.api.post('/attachment/actions', {
      type: 'submit',
      messageId: card.body.id,
      inputs,
    });
    for (const listener of [socket, sockets[0]!])
      expect(await told('cardAction', listener)).toMatchObject({
        id: uuid(body.id),
        actor: { id: ben.id },
        object: { objectType: 'submit', inputs },
        parent: { id: uuid(card.body.id) },
      });
    const ofAnn = await told('cardAction', sockets[1]!);
    expect(ofAnn.object).toEqual({ objectType: 'submit' });
    await ann.api.post('/messages', { roomId, text: 'last' });
    await sockets[1]!.next((said) => activityOf(said)?.verb === 'post');
    const heard = [...sockets, socket].map(
      ({ said }) => said.filter((one) => activityOf(one)?.verb === 'cardAction').length,
    );
    expect(heard).toEqual([1, 1, 1]);
  });
});
