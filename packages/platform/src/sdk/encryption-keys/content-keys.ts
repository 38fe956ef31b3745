import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { type Action, authorize, type Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { bindContentKeys, findContentKey, findContentKeys, insertContentKeys } from './content-keys.store.ts';
import { encryptionKeyErrors } from './encryption-keys.errors.ts';
import type { ContentKeyTable } from './encryption-keys.table.ts';
import { idOfKeyUri, keyUri } from './key-uris.ts';
import { causeOf, type KeyCause, type Planned } from './planned.ts';
import { accessResource, mayUseResource } from './resource-access.ts';

/** A key that encrypts content, opened. */
export type ContentKey = Readonly<{
  id: Uuid;
  uri: string;
  /** 256 bits, base64url. */
  k: string;
  creatorId: string | undefined;
  /** The resource that it is bound to. */
  resourceId: string | undefined;
  created: Date;
  boundAt: Date | undefined;
}>;

const KEY_BYTES = 32;

const useKey: Action<{ allowed: boolean }> = {
  name: 'encryption-keys.use',
  relations: {
    user: (_actor, { allowed }) =>
      allowed ? undefined : 'there is no such key, or the caller is not authorized to it',
  },
  unrelated: encryptionKeyErrors['kms.key_not_found'],
};

function opened(world: World, row: ContentKeyTable): ContentKey {
  return {
    id: row.id as Uuid,
    uri: keyUri('keys', row.id),
    k: world.secrets.open(row.key_sealed),
    creatorId: row.creator_id ?? undefined,
    resourceId: row.resource_id ?? undefined,
    created: row.created,
    boundAt: row.bound_at ?? undefined,
  };
}

/** A key that no longer opens is lost: it is as if there were none. */
function tryOpened(world: World, row: ContentKeyTable): ContentKey | undefined {
  try {
    return opened(world, row);
  } catch (error) {
    world.log.warn({ err: error, keyId: row.id }, 'a content key does not open: the secret key has changed');
    return undefined;
  }
}

/** A key by its URI, whoever asks; undefined when there is none. Kept in memory once it was read. */
export async function loadContentKey(world: World, uri: string): Promise<ContentKey | undefined> {
  const id = idOfKeyUri('keys', uri);
  if (id === undefined) return undefined;
  const cache = world.caches.named<ContentKey>('content-key');
  const known = cache.get(id);
  if (known) return known;
  const version = cache.version();
  const row = await findContentKey(world.store.db, id);
  const key = row && tryOpened(world, row);
  if (key) cache.set(id, key, version);
  return key;
}

/**
 * Makes keys and emits `contentKeys:created` for each.
 * @param creatorId undefined for keys that the server makes for itself
 */
export async function makeContentKeys(
  world: World,
  tx: Tx,
  request: { count: number; creatorId?: string; resourceId?: string },
  cause: KeyCause,
): Promise<ContentKey[]> {
  const created = world.clock.now();
  const rows = Array.from({ length: request.count }, (): ContentKeyTable => {
    const k = Buffer.from(world.random(KEY_BYTES)).toString('base64url');
    return {
      id: world.ids.uuid(),
      creator_id: request.creatorId ?? null,
      resource_id: request.resourceId ?? null,
      key_sealed: world.secrets.seal(k),
      created,
      bound_at: request.resourceId === undefined ? null : created,
    };
  });
  await insertContentKeys(tx.db, rows);
  for (const { id } of rows) {
    const data = { id, ...(request.creatorId !== undefined && { creatorId: request.creatorId }) };
    tx.emit({ ...cause, resource: 'contentKeys', event: 'created', dataId: id, data });
  }
  return rows.map((row) => opened(world, row));
}

/** Makes keys of the caller that are bound to nothing. @throws ApiError 400 `kms.too_many_keys` */
export function createKeys(world: World, decider: Decider, count: number): Planned<ContentKey[]> {
  const limit = world.limits.get('kms.keys');
  if (!Number.isInteger(count) || count < 1 || count > limit)
    throw new ApiError(encryptionKeyErrors['kms.too_many_keys'], { parameters: { limit: String(limit) } });
  const creatorId = decider.actor.personId;
  return (tx) => makeContentKeys(world, tx, { count, creatorId }, causeOf(decider));
}

async function mayUseKey(world: World, decider: Decider, key: ContentKey): Promise<boolean> {
  const isCreator = key.creatorId === decider.actor.personId;
  if (key.resourceId === undefined) return isCreator;
  return mayUseResource(world, decider.actor.personId, key.resourceId, isCreator);
}

/**
 * A key of the caller's, or of a resource that they are authorized to; of a room's only while they are its member.
 * @throws ApiError 404 `kms.key_not_found`, the same where there is none
 */
export async function findKey(world: World, decider: Decider, uri: string): Promise<ContentKey> {
  const key = await loadContentKey(world, uri);
  const allowed = key !== undefined && (await mayUseKey(world, decider, key));
  authorize(decider, useKey, { allowed });
  return key!;
}

/**
 * Keys that the caller made, for binding.
 * @throws ApiError 404 `kms.key_not_found`, 409 `kms.key_bound`
 */
export async function ownUnboundKeys(
  world: World,
  decider: Decider,
  uris: readonly string[],
): Promise<string[]> {
  const ids = [...new Set(uris.map((uri) => idOfKeyUri('keys', uri)))];
  const known = ids.flatMap((id) => id ?? []);
  const rows = known.length > 0 ? await findContentKeys(world.store.db, known) : [];
  const own = rows.filter((row) => row.creator_id === decider.actor.personId);
  authorize(decider, useKey, { allowed: own.length === ids.length });
  if (own.some((row) => row.resource_id !== null)) throw new ApiError(encryptionKeyErrors['kms.key_bound']);
  return known;
}

/** Binds keys within a transaction, with `contentKeys:updated` for each. @throws ApiError 409 `kms.key_bound` */
export async function bindWithin(
  world: World,
  tx: Tx,
  keyIds: readonly string[],
  resourceId: string,
  cause: KeyCause,
): Promise<ContentKey[]> {
  if (keyIds.length === 0) return [];
  const rows = await bindContentKeys(tx.db, keyIds, resourceId, world.clock.now());
  if (rows.length < keyIds.length) throw new ApiError(encryptionKeyErrors['kms.key_bound']);
  for (const { id } of rows) {
    const data = { id, resourceId };
    tx.emit({ ...cause, resource: 'contentKeys', event: 'updated', dataId: id, data });
    tx.onCommit(() => world.caches.named<ContentKey>('content-key').delete(id));
  }
  return rows.map((row) => opened(world, row));
}

/**
 * Binds a key that the caller made to a resource that they are authorized to: whoever is may have the key then.
 * @throws ApiError 404 `kms.key_not_found`, `kms.resource_not_found`, 409 `kms.key_bound`
 */
export async function bindKey(
  world: World,
  decider: Decider,
  uri: string,
  resourceUri: string,
): Promise<Planned<ContentKey>> {
  const keyIds = await ownUnboundKeys(world, decider, [uri]);
  const { id } = await accessResource(world, decider, resourceUri);
  return async (tx) => (await bindWithin(world, tx, keyIds, id, causeOf(decider)))[0]!;
}
