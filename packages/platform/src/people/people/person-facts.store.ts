import type { PersonType, RoleName } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import type { Database, Store } from '@moothall/store';
import { sql } from 'kysely';

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

/** The facts of a person as they are committed. */
export async function loadPersonFacts(store: Store, id: Uuid): Promise<PersonFacts | undefined> {
  const { rows } = await store.pool.query<Row>(`${FIND}$1`, [id]);
  return rows[0] && factsOf(rows[0]);
}
