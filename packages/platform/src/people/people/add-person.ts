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

/** A row as it is stored. */
type StoredPerson = PersonTable & { profile: never; set_presence: never };

function rowOf(world: World, request: NewPerson): StoredPerson {
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
    set_presence: null as never,
    deleted_at: null,
  };
}

function emitCreated(tx: Tx, row: PersonTable, cause: PersonCause): void {
  const data = { id: row.id, type: row.type, email: row.email, displayName: row.display_name };
  tx.emit({ ...cause, orgId: row.org_id, resource: 'people', event: 'created', dataId: row.id, data });
}

/** Rows of one statement at most; PostgreSQL takes 65 535 values. */
const ROWS_PER_INSERT = 2000;

/**
 * Stores people, in few statements however many they are, and emits `people:created` for each.
 * @returns their ids in the order of the requests
 * @throws a unique violation (SQLSTATE 23505, `person_email`) when an active person has an address
 */
export async function addPeople(
  world: World,
  tx: Tx,
  requests: readonly NewPerson[],
  cause: PersonCause = {},
): Promise<Uuid[]> {
  const rows = requests.map((request) => rowOf(world, request));
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    const some = rows.slice(start, start + ROWS_PER_INSERT);
    await tx.db.withTables<Tables>().insertInto('person').values(some).execute();
  }
  for (const row of rows) emitCreated(tx, row, cause);
  return rows.map((row) => row.id as Uuid);
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
  return (await addPeople(world, tx, [request], cause))[0]!;
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
