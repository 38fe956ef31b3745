import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { findContentKey } from './content-keys.store.ts';
import { makeContentKeys } from './content-keys.ts';
import { encryptionKeyErrors } from './encryption-keys.errors.ts';
import type { KeyResourceTable } from './encryption-keys.table.ts';
import { findRoomResources, giveToRoom, setDefaultKey } from './key-resources.store.ts';
import { storeResource } from './key-resources.ts';
import { idOfKeyUri, keyUri } from './key-uris.ts';
import type { KeyCause } from './planned.ts';

/** What encrypts the content of a room: the key for new content, and the resource that its members are authorised to. */
export type RoomKey = { keyUri: string; resourceUri: string };

function roomKeyOf(row: KeyResourceTable): RoomKey {
  return { keyUri: keyUri('keys', row.default_key_id!), resourceUri: keyUri('resources', row.id) };
}

function cacheOf(world: World) {
  return world.caches.named<RoomKey>('room-key');
}

/** The key of a room within a transaction, made when there is none; safe among many who ask at once. */
export async function ensureRoomKey(
  world: World,
  tx: Tx,
  roomId: Uuid,
  cause: KeyCause = {},
): Promise<RoomKey> {
  const [known] = await findRoomResources(tx.db, [roomId]);
  if (known) return roomKeyOf(known);
  const id = world.ids.uuid();
  const row = { id, creator_id: null, room_id: roomId, default_key_id: null };
  if (await storeResource(world, tx, row, cause)) {
    const [key] = await makeContentKeys(world, tx, { count: 1, resourceId: id }, cause);
    await setDefaultKey(tx.db, id, key!.id);
    return { keyUri: key!.uri, resourceUri: keyUri('resources', id) };
  }
  return roomKeyOf((await findRoomResources(tx.db, [roomId]))[0]!);
}

/**
 * The keys of rooms, made where there are none. Who may know of the rooms is for the caller to judge; the keys
 * themselves are given to members only.
 */
export async function keysOfRooms(world: World, roomIds: readonly Uuid[]): Promise<Map<Uuid, RoomKey>> {
  const cache = cacheOf(world);
  const keys = new Map<Uuid, RoomKey>();
  for (const roomId of roomIds) {
    const known = cache.get(roomId);
    if (known) keys.set(roomId, known);
  }
  const unknown = roomIds.filter((roomId) => !keys.has(roomId));
  if (unknown.length === 0) return keys;
  const version = cache.version();
  for (const row of await findRoomResources(world.store.db, unknown))
    keys.set(row.room_id as Uuid, roomKeyOf(row));
  for (const roomId of unknown) {
    const key = keys.get(roomId) ?? (await world.store.tx((tx) => ensureRoomKey(world, tx, roomId)));
    keys.set(roomId, key);
    cache.set(roomId, key, version);
  }
  return keys;
}

/** The key of a room, made when there is none. */
export async function keyOfRoom(world: World, roomId: Uuid): Promise<RoomKey> {
  return (await keysOfRooms(world, [roomId])).get(roomId)!;
}

/**
 * Gives a resource that somebody made, and a key bound to it, to a new room: from then on its members are authorised
 * and nobody else.
 * @throws ApiError 404 `kms.resource_not_found` when it is not theirs or of another room, `kms.key_not_found` when the
 *   key is not bound to it
 */
export async function adoptRoomKey(
  world: World,
  tx: Tx,
  request: { roomId: Uuid; creatorId: Uuid; key: RoomKey },
  cause: KeyCause = {},
): Promise<RoomKey> {
  const { roomId, creatorId, key } = request;
  const id = idOfKeyUri('resources', key.resourceUri);
  const keyId = idOfKeyUri('keys', key.keyUri);
  const bound = keyId === undefined ? undefined : await findContentKey(tx.db, keyId);
  if (!bound || bound.resource_id === null || bound.resource_id !== id)
    throw new ApiError(encryptionKeyErrors['kms.key_not_found']);
  const row = await giveToRoom(tx.db, { id, creatorId }, { roomId, defaultKeyId: bound.id });
  if (!row) throw new ApiError(encryptionKeyErrors['kms.resource_not_found']);
  const data = { id, roomId };
  tx.emit({ ...cause, roomId, resource: 'keyResources', event: 'updated', dataId: id, data });
  tx.onCommit(() => cacheOf(world).delete(roomId));
  return key;
}

/**
 * Makes another key of the room's resource the one for new content.
 * @throws ApiError 404 `kms.key_not_found` when the key is not bound to it
 */
export async function changeRoomKey(
  world: World,
  tx: Tx,
  request: { roomId: Uuid; keyUri: string },
  cause: KeyCause = {},
): Promise<RoomKey> {
  const { roomId } = request;
  const keyId = idOfKeyUri('keys', request.keyUri);
  const [resource] = await findRoomResources(tx.db, [roomId]);
  const key = keyId === undefined ? undefined : await findContentKey(tx.db, keyId);
  if (!resource || key?.resource_id !== resource.id)
    throw new ApiError(encryptionKeyErrors['kms.key_not_found']);
  await setDefaultKey(tx.db, resource.id, key.id);
  const data = { id: resource.id, roomId };
  tx.emit({ ...cause, roomId, resource: 'keyResources', event: 'updated', dataId: resource.id, data });
  tx.onCommit(() => cacheOf(world).delete(roomId));
  return roomKeyOf({ ...resource, default_key_id: key.id });
}
