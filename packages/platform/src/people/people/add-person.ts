import type { PersonType, RoleName } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import type { PersonProfile, PersonTable } from './people.table.ts';

type Tables = { person: PersonTable };

/** What a new person, bot or guest is made of. */
export type NewPerson = {
  id?: Uuid;
  orgId: Uuid;
  type?: PersonType;
  email: string;
  displayName: string;
  profile?: PersonProfile;
  roles?: readonly RoleName[];
  /** Licence keys, such as `messaging`. */
  licenses?: readonly string[];
  /** Invited by address only: never signed in. */
  invitePending?: boolean;
  passwordHash?: string;
};

/** Who caused it; nobody when a world is loaded. */
export type PersonCause = {
  actorId?: string | undefined;
  appId?: string | undefined;
  traceId?: string | undefined;
};

function rowOf(world: World, request: NewPerson): PersonTable & { profile: never } {
  const now = world.clock.now();
  return {
    id: request.id ?? world.ids.uuid(),
    org_id: request.orgId,
    type: request.type ?? 'person',
    email: request.email,
    display_name: request.displayName,
    profile: JSON.stringify(request.profile ?? {}) as never,
    roles: [...(request.roles ?? [])],
    licenses: [...(request.licenses ?? [])],
    invite_pending: request.invitePending ?? false,
    login_enabled: true,
    password_hash: request.passwordHash ?? null,
    created: now,
    last_modified: now,
    last_activity: null,
    deleted_at: null,
  };
}

function emitCreated(tx: Tx, row: PersonTable, cause: PersonCause): void {
  const data = { id: row.id, type: row.type, email: row.email, displayName: row.display_name };
  tx.emit({ ...cause, orgId: row.org_id, resource: 'people', event: 'created', dataId: row.id, data });
}

/**
 * Stores a person and emits `people:created`.
 * @throws a unique violation (SQLSTATE 23505, `person_email`) when an active person has the address
 */
export async function addPerson(
  world: World,
  tx: Tx,
  request: NewPerson,
  cause: PersonCause = {},
): Promise<Uuid> {
  const row = rowOf(world, request);
  await tx.db.withTables<Tables>().insertInto('person').values(row).execute();
  emitCreated(tx, row, cause);
  return row.id as Uuid;
}

/**
 * Stores a person unless an active one has the address; waits for who is storing them at this moment.
 * @returns undefined when there is one already
 */
export async function insertPersonOnce(
  world: World,
  tx: Tx,
  request: NewPerson,
  cause: PersonCause,
): Promise<Uuid | undefined> {
  const row = rowOf(world, request);
  const inserted = await tx.db
    .withTables<Tables>()
    .insertInto('person')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) return undefined;
  emitCreated(tx, row, cause);
  return row.id as Uuid;
}
