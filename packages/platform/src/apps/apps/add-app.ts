import { encodeWireId, type RandomBytes, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { storedSecret } from './app-secrets.ts';
import { insertApp } from './apps.store.ts';
import type { AppKind, AppTable } from './apps.table.ts';

/** What a new app is made of. */
export type NewApp = {
  id?: Uuid;
  kind: AppKind;
  name: string;
  description?: string;
  orgId: Uuid;
  ownerId?: Uuid | undefined;
  /** A bot's own account. */
  personId?: Uuid;
  /** Made when absent. */
  clientId?: string | undefined;
  scopes?: readonly string[];
  redirectUris?: readonly string[];
  /** In plain text; kept as a hash, of a guest issuer sealed. */
  secret?: string | undefined;
  /** Of a guest issuer; made when absent. */
  issuerId?: string | undefined;
  state?: string;
  iconName?: string | undefined;
  requestKey?: string | undefined;
  /** Settings of its kind; no secrets. */
  config?: Record<string, unknown>;
};

/** An app that was just stored. */
export type AddedApp = { id: Uuid; clientId: string };

const CLIENT_ID_BYTES = 32;

/** Name of the icon that an app has unless another is chosen. */
const FIRST_ICON = 'default-1';

/** A new OAuth client id: `C` and 64 hexadecimal digits. */
export function newClientId(random: RandomBytes): string {
  return `C${Buffer.from(random(CLIENT_ID_BYTES)).toString('hex')}`;
}

function rowOf(world: World, request: NewApp): Omit<AppTable, 'config'> {
  const id = request.id ?? world.ids.uuid();
  const now = world.clock.now();
  return {
    id,
    kind: request.kind,
    name: request.name,
    description: request.description ?? '',
    org_id: request.orgId,
    owner_id: request.ownerId ?? null,
    person_id: request.personId ?? null,
    client_id: request.clientId ?? newClientId(world.random),
    scopes: [...(request.scopes ?? [])],
    redirect_uris: [...(request.redirectUris ?? [])],
    ...storedSecret(world, request.kind, request.secret),
    // An issuer is named in the form of an organisation's id (as observed).
    issuer_id:
      request.kind === 'guest_issuer' ? (request.issuerId ?? encodeWireId('ORGANIZATION', id)) : null,
    state: request.state ?? 'active',
    icon_name: request.iconName ?? FIRST_ICON,
    icon_hash: null,
    icon_type: null,
    request_key: request.requestKey ?? null,
    created: now,
    last_modified: now,
    version: 1,
  };
}

/**
 * Stores an app and emits `apps:created`.
 * @throws a unique violation (SQLSTATE 23505): `app_client` when an app has the client id, `app_issuer` when
 *   one has the issuer id
 */
export async function addApp(
  world: World,
  tx: Tx,
  request: NewApp,
  cause: { actorId?: string | undefined; traceId?: string | undefined } = {},
): Promise<AddedApp> {
  const row = rowOf(world, request);
  const { id, client_id: clientId } = row;
  await insertApp(tx.db, { ...row, config: request.config ?? {} });
  const { orgId, kind } = request;
  const data = { id, kind, clientId };
  tx.emit({ ...cause, orgId, resource: 'apps', event: 'created', dataId: id, data });
  return { id: id as Uuid, clientId };
}
