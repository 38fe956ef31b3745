import type { RoleName } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { AppRow } from '../../apps/apps/index.ts';
import { addPerson, type PersonCause, removeAccount } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { removeAuthorizations } from './service-apps.store.ts';

/** Domain of the accounts of service apps: no mail reaches it, and nobody is invited by it (RFC 2606). */
const MACHINE_DOMAIN = 'service-app.invalid';

/** Its token's scopes bound it, which a full administrator who is an officer for these ones authorised. */
const MACHINE_ROLES: readonly RoleName[] = ['full_admin', 'compliance_officer'];

/**
 * Makes the account by which a service app acts in an organisation: of type `bot` on the wire, which knows no
 * other machines, without a password and independent of any person (documented).
 */
export function addMachineAccount(
  world: World,
  tx: Tx,
  app: Pick<AppRow, 'name'>,
  orgId: Uuid,
  cause: PersonCause,
): Promise<Uuid> {
  const id = world.ids.uuid();
  const email = `${id}@${MACHINE_DOMAIN}`;
  const account = { id, orgId, type: 'bot' as const, email, displayName: app.name, roles: MACHINE_ROLES };
  return addPerson(world, tx, account, cause);
}

/** Ends the accounts of a service app that is deleted, in every organisation. */
export async function removeMachineAccounts(
  world: World,
  tx: Tx,
  appId: Uuid,
  cause: { actorId: string; traceId?: string | undefined },
): Promise<void> {
  for (const personId of await removeAuthorizations(tx.db, appId))
    await removeAccount(world, tx, personId as Uuid, cause);
}
