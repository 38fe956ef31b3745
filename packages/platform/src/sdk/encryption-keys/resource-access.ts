import type { Uuid } from '@moothall/core';
import { type Action, authorize, type Decider } from '../../authorize.ts';
import { findMembershipFacts } from '../../messaging/room-access/index.ts';
import type { World } from '../../world.ts';
import { encryptionKeyErrors } from './encryption-keys.errors.ts';
import type { KeyResourceTable } from './encryption-keys.table.ts';
import { findKeyResource, isNamed } from './key-resources.store.ts';
import { idOfKeyUri } from './key-uris.ts';

const useResource: Action<{ allowed: boolean }> = {
  name: 'key-resources.use',
  relations: {
    user: (_actor, { allowed }) =>
      allowed ? undefined : 'there is no such resource, or the caller is not authorized to it',
  },
  unrelated: encryptionKeyErrors['kms.resource_not_found'],
};

async function isAuthorized(world: World, personId: Uuid, resource: KeyResourceTable): Promise<boolean> {
  if (resource.room_id === null) return isNamed(world.store.db, resource.id, personId);
  return (await findMembershipFacts(world, resource.room_id as Uuid, personId)) !== undefined;
}

/**
 * Whether somebody may have the keys of a resource: of a room's its members, of another whoever is authorised by name.
 * @param madeKey they made the key that it is about, which is enough where it is no room's
 */
export async function mayUseResource(
  world: World,
  personId: Uuid,
  resourceId: string,
  madeKey: boolean,
): Promise<boolean> {
  const resource = await findKeyResource(world.store.db, resourceId);
  if (!resource) return false;
  return (madeKey && resource.room_id === null) || isAuthorized(world, personId, resource);
}

/**
 * A resource that the caller is authorised to.
 * @throws ApiError 404 `kms.resource_not_found`, the same where there is none
 */
export async function accessResource(world: World, decider: Decider, uri: string): Promise<KeyResourceTable> {
  const id = idOfKeyUri('resources', uri);
  const resource = id === undefined ? undefined : await findKeyResource(world.store.db, id);
  const allowed = resource !== undefined && (await isAuthorized(world, decider.actor.personId, resource));
  authorize(decider, useResource, { allowed });
  return resource!;
}
