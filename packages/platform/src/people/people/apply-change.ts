import type { RoleName } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { Decider } from '../../authorize.ts';
import { recordAudit } from '../../operations/audit/index.ts';
import type { World } from '../../world.ts';
import type { PersonCause } from './add-person.ts';
import { assertAdministratorLeft } from './last-administrator.ts';
import { updatePersonRow } from './people.store.ts';
import type { PersonProfile, PersonRow } from './people.table.ts';
import { forgetPerson } from './person-facts.ts';

/** What changes of a person; what is left out stays. */
export type PersonChange = {
  displayName?: string | undefined;
  email?: string | undefined;
  profile?: PersonProfile | undefined;
  roles?: readonly RoleName[] | undefined;
  /** Licence keys. */
  licenses?: readonly string[] | undefined;
  loginEnabled?: boolean | undefined;
};

/** Whether two lists hold the same, in any order. */
export function sameMembers<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((member) => other.includes(member));
}

/** Who caused it, for events. */
export function causeOf({ actor, trace }: Decider): PersonCause & { actorId: string } {
  return { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
}

/** Emits `people:{event}` for a person. */
export function emitPerson(tx: Tx, event: 'updated' | 'deleted', row: PersonRow, cause: PersonCause): void {
  const data = { id: row.id, type: row.type, email: row.email, displayName: row.display_name };
  tx.emit({ ...cause, orgId: row.org_id, resource: 'people', event, dataId: row.id, data });
}

/**
 * When a row is changed: later than the change before even where the clock stands, so that a time tells one
 * state of the row from another.
 */
export function changeTime(world: World, before: Date): Date {
  return new Date(Math.max(world.clock.nowMs(), before.getTime() + 1));
}

/** Names of what an administrator did to a person, for the audit log. */
export function auditPerson(
  tx: Tx,
  decider: Decider,
  row: Pick<PersonRow, 'id' | 'org_id' | 'display_name' | 'email'>,
  category: 'USER_CREATED' | 'USER_UPDATED' | 'USER_DELETED' | 'ROLES_CHANGED' | 'LICENSES_CHANGED',
  what: string,
): void {
  const target = { type: 'person', id: row.id, name: row.display_name };
  const actionText = `${decider.actor.displayName} ${what} (${row.email})`;
  recordAudit(tx, decider, { orgId: row.org_id as Uuid, category, target, actionText });
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

function auditChange(tx: Tx, decider: Decider, before: PersonRow, after: PersonRow): void {
  if (!sameMembers(before.roles, after.roles)) {
    const what = `changed the roles of ${after.display_name} from ${listed(before.roles)} to ${listed(after.roles)}`;
    auditPerson(tx, decider, after, 'ROLES_CHANGED', what);
  }
  if (!sameMembers(before.licenses, after.licenses)) {
    const [from, to] = [listed(before.licenses), listed(after.licenses)];
    const what = `changed the licences of ${after.display_name} from ${from} to ${to}`;
    auditPerson(tx, decider, after, 'LICENSES_CHANGED', what);
  }
  if (before.login_enabled !== after.login_enabled) {
    const what = `${after.login_enabled ? 'activated' : 'deactivated'} ${after.display_name}`;
    auditPerson(tx, decider, after, 'USER_UPDATED', what);
  }
  const isSame =
    before.display_name === after.display_name &&
    before.email === after.email &&
    JSON.stringify(before.profile) === JSON.stringify(after.profile);
  if (!isSame)
    auditPerson(tx, decider, after, 'USER_UPDATED', `changed the details of ${after.display_name}`);
}

/**
 * Changes a locked person on behalf of an administrator who may: emits `people:updated`, audits what differs,
 * and ends sessions, tokens and grants of who may not sign in any more, before the reply.
 * @throws ApiError `person.last_admin`; a unique violation (`person_email`)
 */
export async function applyPersonChange(
  world: World,
  tx: Tx,
  decider: Decider,
  target: PersonRow,
  change: PersonChange,
): Promise<PersonRow> {
  const standing = {
    roles: [...(change.roles ?? target.roles)],
    login_enabled: change.loginEnabled ?? target.login_enabled,
  };
  await assertAdministratorLeft(tx, target, { ...target, ...standing });
  const row = await updatePersonRow(tx.db, target.id, {
    ...standing,
    display_name: change.displayName ?? target.display_name,
    email: change.email ?? target.email,
    licenses: [...(change.licenses ?? target.licenses)],
    profile: JSON.stringify(change.profile ?? target.profile),
    last_modified: changeTime(world, target.last_modified),
  });
  auditChange(tx, decider, target, row);
  emitPerson(tx, 'updated', row, causeOf(decider));
  if (target.login_enabled && !row.login_enabled)
    for (const slice of world.resources)
      await slice.personDeactivated?.(world, tx, row.id as Uuid, causeOf(decider));
  tx.onCommit(() => forgetPerson(world, row.id));
  return row;
}
