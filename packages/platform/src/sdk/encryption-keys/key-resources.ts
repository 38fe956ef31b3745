import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { listKeyIdsOf } from './content-keys.store.ts';
import { bindWithin, ownUnboundKeys } from './content-keys.ts';
import type { KeyResourceTable } from './encryption-keys.table.ts';
import {
  deleteAuthorization,
  insertAuthorizations,
  insertKeyResource,
  listMembers,
  listNamed,
} from './key-resources.store.ts';
import { keyUri } from './key-uris.ts';
import { causeOf, type KeyCause, type Planned } from './planned.ts';
import { accessResource } from './resource-access.ts';

/** A resource as clients see it. */
export type KeyResource = { uri: string; keyUris: string[]; authorizationUris: string[] };

/** That somebody may have the keys of a resource. */
export type KeyAuthorization = {
  /** What `delete` is asked with. */
  uri: string;
  /** UUID of the person. */
  authId: string;
  resourceUri: string;
};

function authorizationOf(resourceId: string, personId: string): KeyAuthorization {
  const resourceUri = keyUri('resources', resourceId);
  return { uri: `${resourceUri}/authorizations?authId=${personId}`, authId: personId, resourceUri };
}

function viewOf(id: string, keyIds: readonly string[], personIds: readonly string[]): KeyResource {
  return {
    uri: keyUri('resources', id),
    keyUris: keyIds.map((keyId) => keyUri('keys', keyId)),
    authorizationUris: personIds.map((personId) => authorizationOf(id, personId).uri),
  };
}

/** Stores a resource and emits `keyResources:created`. @returns false when its room has one already */
export async function storeResource(
  world: World,
  tx: Tx,
  row: Omit<KeyResourceTable, 'created'>,
  cause: KeyCause,
): Promise<boolean> {
  if (!(await insertKeyResource(tx.db, { ...row, created: world.clock.now() }))) return false;
  const data = { id: row.id, ...(row.room_id !== null && { roomId: row.room_id }) };
  const room = row.room_id === null ? {} : { roomId: row.room_id };
  tx.emit({ ...cause, ...room, resource: 'keyResources', event: 'created', dataId: row.id, data });
  return true;
}

async function authorizeWithin(
  world: World,
  tx: Tx,
  resourceId: string,
  personIds: readonly string[],
  cause: KeyCause,
): Promise<void> {
  await insertAuthorizations(tx.db, resourceId, personIds, world.clock.now());
  for (const personId of personIds) {
    const data = { resourceId, personId };
    tx.emit({ ...cause, resource: 'keyAuthorizations', event: 'created', dataId: resourceId, data });
  }
}

/**
 * Makes a resource, binds keys of the caller to it and authorises them and others.
 * @throws ApiError 404 `kms.key_not_found`, 409 `kms.key_bound`
 */
export async function createResource(
  world: World,
  decider: Decider,
  request: { keyUris: readonly string[]; personIds: readonly Uuid[] },
): Promise<Planned<KeyResource>> {
  const keyIds = await ownUnboundKeys(world, decider, request.keyUris);
  const creatorId = decider.actor.personId;
  const personIds = [...new Set([creatorId, ...request.personIds])];
  const cause = causeOf(decider);
  return async (tx) => {
    const id = world.ids.uuid();
    const row = { id, creator_id: creatorId, room_id: null, default_key_id: null };
    await storeResource(world, tx, row, cause);
    await bindWithin(world, tx, keyIds, id, cause);
    await authorizeWithin(world, tx, id, personIds, cause);
    return viewOf(id, keyIds, personIds);
  };
}

async function authorizedTo(world: World, { id, room_id: roomId }: KeyResourceTable): Promise<string[]> {
  return roomId === null ? listNamed(world.store.db, id) : listMembers(world.store.db, roomId);
}

/** A resource that the caller is authorised to. @throws ApiError 404 `kms.resource_not_found` */
export async function showResource(world: World, decider: Decider, uri: string): Promise<KeyResource> {
  const resource = await accessResource(world, decider, uri);
  const [keyIds, personIds] = await Promise.all([
    listKeyIdsOf(world.store.db, resource.id),
    authorizedTo(world, resource),
  ]);
  return viewOf(resource.id, keyIds, personIds);
}

/**
 * Authorises people to a resource. To a room's it changes nothing, since membership decides; the reply is the same,
 * because programs ask for it together with the membership.
 * @throws ApiError 404 `kms.resource_not_found`
 */
export async function addAuthorizations(
  world: World,
  decider: Decider,
  uri: string,
  personIds: readonly Uuid[],
): Promise<Planned<KeyAuthorization[]>> {
  const { id, room_id: roomId } = await accessResource(world, decider, uri);
  const all = [...new Set(personIds)];
  return async (tx) => {
    if (roomId === null) await authorizeWithin(world, tx, id, all, causeOf(decider));
    return all.map((personId) => authorizationOf(id, personId));
  };
}

/** Ends somebody's authorisation; a room's changes with its members only. @throws ApiError 404 `kms.resource_not_found` */
export async function removeAuthorization(
  world: World,
  decider: Decider,
  uri: string,
  personId: Uuid,
): Promise<Planned<KeyAuthorization[]>> {
  const { id, room_id: roomId } = await accessResource(world, decider, uri);
  return async (tx) => {
    if (roomId === null) {
      await deleteAuthorization(tx.db, id, personId);
      const data = { resourceId: id, personId };
      tx.emit({ ...causeOf(decider), resource: 'keyAuthorizations', event: 'deleted', dataId: id, data });
    }
    return [authorizationOf(id, personId)];
  };
}

/** Who is authorised to a resource. @throws ApiError 404 `kms.resource_not_found` */
export async function listAuthorizations(
  world: World,
  decider: Decider,
  uri: string,
): Promise<KeyAuthorization[]> {
  const resource = await accessResource(world, decider, uri);
  return (await authorizedTo(world, resource)).map((personId) => authorizationOf(resource.id, personId));
}
