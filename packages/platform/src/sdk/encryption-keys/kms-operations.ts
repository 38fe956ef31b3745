import { ApiError } from '@moothall/core';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { openChannel } from './channels.ts';
import { bindKey, type ContentKey, createKeys, findKey } from './content-keys.ts';
import { encryptionKeyErrors } from './encryption-keys.errors.ts';
import {
  addAuthorizations,
  createResource,
  listAuthorizations,
  removeAuthorization,
  showResource,
} from './key-resources.ts';
import { keyUri, pathOfKeyUri } from './key-uris.ts';
import { type KmsRequest, numberOf, personIdOf, personIdsOf, textOf, urisOf } from './kms-request.ts';
import type { Planned } from './planned.ts';

/** What a reply says beside `status` and `requestId`. */
export type KmsBody = { status: number } & Record<string, unknown>;

/** A request with what its URI says. */
type Call = { world: World; decider: Decider; request: KmsRequest; id: string; query: URLSearchParams };

type Operation = { method: string; path: RegExp; plan(call: Call): Promise<Planned<KmsBody>> };

function facts(key: ContentKey): Record<string, unknown> {
  const { uri, creatorId, resourceId, created, boundAt } = key;
  return {
    uri,
    ...(creatorId !== undefined && { userId: creatorId }),
    createDate: created.toISOString(),
    ...(boundAt !== undefined && { bindDate: boundAt.toISOString() }),
    ...(resourceId !== undefined && { resourceUri: keyUri('resources', resourceId) }),
  };
}

function withSecret(key: ContentKey): Record<string, unknown> {
  return { ...facts(key), jwk: { kty: 'oct', kid: key.uri, alg: 'A256GCM', k: key.k } };
}

/** Passes on what is planned as the body of a reply. */
function reply<Result>(
  status: number,
  planned: Planned<Result>,
  bodyOf: (result: Result) => Record<string, unknown>,
): Planned<KmsBody> {
  return async (tx) => ({ status, ...bodyOf(await planned(tx)) });
}

function told(body: Record<string, unknown>): Planned<KmsBody> {
  return async () => ({ status: 200, ...body });
}

const resourceOf = ({ id }: Call) => keyUri('resources', id);

const operations: readonly Operation[] = [
  {
    method: 'create',
    path: /^\/keys$/,
    plan: async ({ world, decider, request }) =>
      reply(201, createKeys(world, decider, numberOf(request, 'count')), (keys) => ({
        keys: keys.map(withSecret),
      })),
  },
  {
    method: 'retrieve',
    path: /^\/keys\/([^/]+)$/,
    plan: async ({ world, decider, id }) =>
      told({ key: withSecret(await findKey(world, decider, keyUri('keys', id))) }),
  },
  {
    method: 'update',
    path: /^\/keys\/([^/]+)$/,
    plan: async ({ world, decider, request, id }) =>
      reply(
        200,
        await bindKey(world, decider, keyUri('keys', id), textOf(request, 'resourceUri')),
        (key) => ({ key: facts(key) }),
      ),
  },
  {
    method: 'create',
    path: /^\/resources$/,
    plan: async ({ world, decider, request }) => {
      const keyUris = urisOf(request, 'keyUris');
      const personIds = personIdsOf(request, 'userIds');
      const planned = await createResource(world, decider, { keyUris, personIds });
      return reply(201, planned, (resource) => ({ resource }));
    },
  },
  {
    method: 'retrieve',
    path: /^\/resources\/([^/]+)$/,
    plan: async (call) => told({ resource: await showResource(call.world, call.decider, resourceOf(call)) }),
  },
  {
    method: 'create',
    path: /^\/authorizations$/,
    plan: async ({ world, decider, request }) => {
      const personIds = personIdsOf(request, 'userIds');
      const planned = await addAuthorizations(world, decider, textOf(request, 'resourceUri'), personIds);
      return reply(201, planned, (authorizations) => ({ authorizations }));
    },
  },
  {
    method: 'retrieve',
    path: /^\/resources\/([^/]+)\/authorizations$/,
    plan: async (call) =>
      told({ authorizations: await listAuthorizations(call.world, call.decider, resourceOf(call)) }),
  },
  {
    method: 'delete',
    path: /^\/resources\/([^/]+)\/authorizations$/,
    plan: async (call) => {
      const personId = personIdOf(call.query.get('authId') ?? '', 'authId');
      const planned = await removeAuthorization(call.world, call.decider, resourceOf(call), personId);
      return reply(200, planned, (authorizations) => ({ authorizations }));
    },
  },
  { method: 'update', path: /^\/ping$/, plan: async () => told({}) },
];

function noOperation({ method, uri }: KmsRequest): ApiError {
  return new ApiError(encryptionKeyErrors['kms.no_operation'], { parameters: { method, uri } });
}

/**
 * Judges a request that came by a channel.
 * @throws ApiError whatever is told within the channel
 */
export function planOperation(
  world: World,
  decider: Decider,
  request: KmsRequest,
): Promise<Planned<KmsBody>> {
  const [path, search = ''] = (pathOfKeyUri(request.uri) ?? '').split('?');
  const query = new URLSearchParams(search);
  for (const operation of operations) {
    const match = operation.method === request.method ? operation.path.exec(path!) : null;
    if (match) return operation.plan({ world, decider, request, query, id: match[1] ?? '' });
  }
  throw noOperation(request);
}

/** Judges a request that was encrypted for the public key: it can begin a channel and nothing else. */
export async function planHandshake(
  world: World,
  decider: Decider,
  request: KmsRequest,
): Promise<Planned<KmsBody>> {
  if (request.method !== 'create' || pathOfKeyUri(request.uri) !== '/ecdhe') throw noOperation(request);
  return reply(201, await openChannel(world, decider, request.jwk), (key) => ({ key }));
}
