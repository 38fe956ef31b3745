import type { Actor } from '@moothall/contract';
import { decodeWireUuid, type Uuid } from '@moothall/core';
import {
  adoptRoomKey,
  bindKey,
  changeRoomKey,
  createAuthenticator,
  createKeys,
  createResource,
  decryptContent,
  encryptContent,
  ensureRoomKey,
  findKey,
  handleKmsMessage,
  keyOfRoom,
  keysOfRooms,
  listAuthorizations,
  showResource,
} from '@moothall/platform';
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

/** What a request of somebody decides with. */
async function as(person: TestPerson) {
  const actor = (await createAuthenticator(kit.world)(person.token)) as Actor;
  return { actor, capacities: ['user' as const], trace: { trackingId: 'test', steps: [] } };
}

async function newRoom(...members: TestPerson[]): Promise<Uuid> {
  const { body } = await ada.api.post('/rooms', { title: 'Keys' });
  for (const { email: personEmail } of members)
    await ada.api.post('/memberships', { roomId: body.id, personEmail });
  return decodeWireUuid(['ROOM'], body.id)!;
}

async function newKey(person: TestPerson) {
  const [key] = await kit.world.store.tx(createKeys(kit.world, await as(person), 1));
  return key!;
}

async function newResource(person: TestPerson, keyUris: string[], personIds: Uuid[] = []) {
  const planned = await createResource(kit.world, await as(person), { keyUris, personIds });
  return kit.world.store.tx(planned);
}

const notFound = { code: 'kms.key_not_found', status: 404 };

describe('the key of a room', () => {
  it('is made once, also when many need it first', async () => {
    const roomId = await newRoom();
    const keys = await Promise.all(Array.from({ length: 5 }, () => keyOfRoom(kit.world, roomId)));
    kit.world.caches.clearAll();
    keys.push(await keyOfRoom(kit.world, roomId));
    keys.push(await kit.world.store.tx((tx) => ensureRoomKey(kit.world, tx, roomId)));
    expect(new Set(keys.map(({ keyUri }) => keyUri)).size).toBe(1);
    const { rows } = await kit.world.store.pool.query(
      'select 1 from content_key where resource_id = (select id from key_resource where room_id = $1)',
      [roomId],
    );
    expect(rows).toHaveLength(1);
    const other = await newRoom();
    const both = await keysOfRooms(kit.world, [roomId, other]);
    expect(both.get(roomId)).toEqual(keys[0]);
    expect(both.get(other)!.keyUri).not.toBe(keys[0]!.keyUri);
  });

  it('is for its members, as long as they are that', async () => {
    const roomId = await newRoom(ben);
    const { keyUri, resourceUri } = await keyOfRoom(kit.world, roomId);
    const cy = await kit.addPerson({ name: 'Cy' });
    expect((await findKey(kit.world, await as(ben), keyUri)).k).toHaveLength(43);
    await expect(findKey(kit.world, await as(cy), keyUri)).rejects.toMatchObject(notFound);
    const listed = await listAuthorizations(kit.world, await as(ben), resourceUri);
    expect(listed.map(({ authId }) => authId)).toEqual([ada.id, ben.id]);
    const { body } = await ada.api.get(`/memberships?roomId=${roomId}&personEmail=${ben.email}`);
    await ada.api.delete(`/memberships/${body.items[0].id}`);
    await expect(findKey(kit.world, await as(ben), keyUri)).rejects.toMatchObject(notFound);
    await expect(showResource(kit.world, await as(ben), resourceUri)).rejects.toMatchObject({
      code: 'kms.resource_not_found',
    });
  });

  it('encrypts content that members can read, and nobody else', async () => {
    const roomId = await newRoom();
    const { keyUri } = await keyOfRoom(kit.world, roomId);
    const jwe = await encryptContent(kit.world, keyUri, 'Grüße');
    const content = { jwe, field: 'object.displayName' };
    expect(await decryptContent(kit.world, await as(ada), keyUri, content)).toBe('Grüße');
    await expect(decryptContent(kit.world, await as(ben), keyUri, content)).rejects.toMatchObject(notFound);
    const other = await newKey(ada);
    for (const wrong of [await encryptContent(kit.world, other.uri, 'x'), 'plain', ''])
      await expect(
        decryptContent(kit.world, await as(ada), keyUri, { ...content, jwe: wrong }),
      ).rejects.toMatchObject({ status: 400, message: expect.stringMatching(/^object\.displayName: /) });
    await expect(encryptContent(kit.world, 'kms://elsewhere/keys/1', 'x')).rejects.toMatchObject(notFound);
  });

  it('may be one that its creator brought, and is for its members from then on', async () => {
    const [first, second] = [await newKey(ada), await newKey(ada)];
    const cy = await kit.addPerson({ name: 'Cy' });
    const { uri: resourceUri } = await newResource(ada, [first.uri], [cy.id]);
    expect((await findKey(kit.world, await as(cy), first.uri)).k).toBe(first.k);
    const roomId = await newRoom(ben);
    const request = { roomId, creatorId: ada.id, key: { keyUri: first.uri, resourceUri } };
    const adopt = (change: object) =>
      kit.world.store.tx((tx) => adoptRoomKey(kit.world, tx, { ...request, ...change }));
    await expect(adopt({ creatorId: ben.id })).rejects.toMatchObject({ code: 'kms.resource_not_found' });
    await expect(adopt({ key: { keyUri: second.uri, resourceUri } })).rejects.toMatchObject(notFound);
    await adopt({});
    await expect(adopt({})).rejects.toMatchObject({ code: 'kms.resource_not_found' });
    expect(await keyOfRoom(kit.world, roomId)).toEqual(request.key);
    expect((await findKey(kit.world, await as(ben), first.uri)).k).toBe(first.k);
    await expect(findKey(kit.world, await as(cy), first.uri)).rejects.toMatchObject(notFound);
    const change = () =>
      kit.world.store.tx((tx) => changeRoomKey(kit.world, tx, { roomId, keyUri: second.uri }));
    await expect(change()).rejects.toMatchObject(notFound);
    await kit.world.store.tx(await bindKey(kit.world, await as(ada), second.uri, resourceUri));
    expect(await change()).toEqual({ keyUri: second.uri, resourceUri });
    expect((await keyOfRoom(kit.world, roomId)).keyUri).toBe(second.uri);
  });
});

describe('keys', () => {
  it('emit what happens to them, without what they are', async () => {
    const key = await newKey(ada);
    await newResource(ada, [key.uri], [ben.id]);
    const events = (await kit.events()).filter(({ data }) => JSON.stringify(data).includes(key.id));
    expect(events.map(({ resource, event, actor_id }) => [resource, event, actor_id])).toEqual([
      ['contentKeys', 'created', ada.id],
      ['contentKeys', 'updated', ada.id],
    ]);
    expect(JSON.stringify(events)).not.toContain(key.k);
  });

  it('are bound by one of many who try at once', async () => {
    const key = await newKey(ada);
    const tries = await Promise.allSettled(Array.from({ length: 4 }, () => newResource(ada, [key.uri])));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of tries)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'kms.key_bound' });
  });

  it('are gone when the secret has changed', async () => {
    const key = await newKey(ada);
    await kit.world.store.pool.query("update content_key set key_sealed = 'AAAA' where id = $1", [key.id]);
    kit.world.caches.clearAll();
    await expect(findKey(kit.world, await as(ada), key.uri)).rejects.toMatchObject(notFound);
  });
});

describe('channels', () => {
  it('are forgotten with their requests after they have expired', async () => {
    const past = new Date(kit.world.clock.nowMs() - 1);
    const id = kit.world.ids.uuid();
    const { pool } = kit.world.store;
    await pool.query(
      `insert into kms_channel (id, person_id, key_sealed, created, expires_at) values ($1, $2, 'x', $3, $3)`,
      [id, ada.id, past],
    );
    await pool.query(
      `insert into kms_request (scope_id, request_id, expires_at) values ($1, 'old', $2), ($1, 'new', $3)`,
      [id, past, new Date(kit.world.clock.nowMs() + 1_000_000)],
    );
    const upkeep = kit.world.resources
      .flatMap((slice) => slice.queues?.(kit.world) ?? [])
      .find(({ queue }) => queue === 'encryption-keys.upkeep')!;
    await upkeep.run({} as never, 1, {} as never);
    const left = await pool.query('select request_id from kms_request where scope_id = $1', [id]);
    expect(left.rows).toEqual([{ request_id: 'new' }]);
    expect((await pool.query('select 1 from kms_channel where id = $1', [id])).rows).toEqual([]);
  });

  it('are needed for messages within other requests too', async () => {
    const message = { text: 'nothing', field: 'kmsMessage' };
    await expect(handleKmsMessage(kit.world, await as(ada), message)).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/^kmsMessage: /),
    });
  });
});
