import type { PersonType, RoleName } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { World } from '../../world.ts';
import { comparableEmail } from './email-address.ts';
import type { PersonRow } from './people.table.ts';

/** What rules ask about a person; cached until the person changes. */
export type PersonFacts = {
  id: Uuid;
  orgId: Uuid;
  type: PersonType;
  email: string;
  displayName: string;
  roles: ReadonlySet<RoleName>;
  licenses: ReadonlySet<string>;
  loginEnabled: boolean;
  deleted: boolean;
  /** Whether they show their presence to others, and see that of others (F37). */
  sharesPresence: boolean;
};

type Row = {
  id: Uuid;
  orgId: Uuid;
  type: PersonType;
  email: string;
  displayName: string;
  roles: RoleName[];
  licenses: string[];
  loginEnabled: boolean;
  deleted: boolean;
  sharesPresence: boolean;
};

const FIND = `
  select id, org_id as "orgId", type, email, display_name as "displayName", roles, licenses,
    login_enabled as "loginEnabled", deleted_at is not null as deleted,
    coalesce((profile->>'sharesPresence')::boolean, true) as "sharesPresence"
  from person where id = `;

function factsOf(row: Row): PersonFacts {
  return { ...row, roles: new Set(row.roles), licenses: new Set(row.licenses) };
}

/** The facts of a person as a transaction sees them, past the cache; deleted people are found, and marked. */
export async function readPersonFacts(db: Database, id: Uuid): Promise<PersonFacts | undefined> {
  const { rows } = await sql<Row>`${sql.raw(FIND)}${id}`.execute(db);
  return rows[0] && factsOf(rows[0]);
}

/** The facts of a person; undefined when there never was one. Deleted people are found, and marked. */
export async function findPersonFacts(world: World, id: Uuid): Promise<PersonFacts | undefined> {
  const cache = world.caches.named<PersonFacts>('person');
  const known = cache.get(id);
  if (known) return known;
  const version = cache.version();
  const { rows } = await world.store.pool.query<Row>(`${FIND}$1`, [id]);
  if (!rows[0]) return undefined;
  const facts = factsOf(rows[0]);
  cache.set(id, facts, version);
  return facts;
}

/** The facts of a person whose row is at hand, such as one that a transaction has locked. */
export function personFactsOf(row: PersonRow): PersonFacts {
  return {
    id: row.id as Uuid,
    orgId: row.org_id as Uuid,
    type: row.type,
    email: row.email,
    displayName: row.display_name,
    roles: new Set(row.roles),
    licenses: new Set(row.licenses),
    loginEnabled: row.login_enabled,
    deleted: row.deleted_at !== null,
    sharesPresence: row.profile.sharesPresence ?? true,
  };
}

/** The person, bot or guest with an address, in any case; undefined when none is active. */
export async function findPersonByEmail(world: World, email: string): Promise<PersonFacts | undefined> {
  const { rows } = await world.store.pool.query<{ id: Uuid }>(
    'select id from person where lower(email) = lower($1) and deleted_at is null',
    [comparableEmail(email)],
  );
  return rows[0] && findPersonFacts(world, rows[0].id);
}

/** Forgets a person's facts, in the transaction that changed them: `tx.onCommit(...)`. */
export function forgetPerson(world: World, id: string): void {
  world.caches.named<PersonFacts>('person').delete(id);
}
