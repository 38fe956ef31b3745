import type { RandomBytes, Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { insertApp } from './apps.store.ts';
import type { AppKind } from './apps.table.ts';

/** What a new app is made of. */
export type NewApp = {
  id?: Uuid;
  kind: AppKind;
  name: string;
  orgId: Uuid;
  ownerId?: Uuid | undefined;
  /** A bot's own account. */
  personId?: Uuid;
  /** Made when absent. */
  clientId?: string | undefined;
  /** Settings of its kind; secrets in it are sealed by the caller. */
  config?: Record<string, unknown>;
};

/** An app that was just stored. */
export type AddedApp = { id: Uuid; clientId: string };

const CLIENT_ID_BYTES = 32;

/** A new OAuth client id: `C` and 64 hexadecimal digits. */
export function newClientId(random: RandomBytes): string {
  return `C${Buffer.from(random(CLIENT_ID_BYTES)).toString('hex')}`;
}

/**
 * Stores an app and emits `apps:created`.
 * @throws a unique violation (SQLSTATE 23505, `app_client`) when an app has the client id
 */
export async function addApp(
  world: World,
  tx: Tx,
  request: NewApp,
  cause: { actorId?: string | undefined; traceId?: string | undefined } = {},
): Promise<AddedApp> {
  const id = request.id ?? world.ids.uuid();
  const clientId = request.clientId ?? newClientId(world.random);
  await insertApp(tx.db, {
    id,
    kind: request.kind,
    name: request.name,
    org_id: request.orgId,
    owner_id: request.ownerId ?? null,
    person_id: request.personId ?? null,
    client_id: clientId,
    config: request.config ?? {},
    created: world.clock.now(),
  });
  const data = { id, kind: request.kind, clientId };
  tx.emit({ ...cause, orgId: request.orgId, resource: 'apps', event: 'created', dataId: id, data });
  return { id, clientId };
}
