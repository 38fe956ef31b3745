import type { RoleName } from '@moothall/contract';
import type { Database } from '@moothall/store';
import { sql, type Updateable } from 'kysely';
import { comparableEmail } from './email-address.ts';
import type { PersonRow, PersonTable } from './people.table.ts';

type Tables = { person: PersonTable };

function living(db: Database) {
  return db.withTables<Tables>().selectFrom('person').where('deleted_at', 'is', null).selectAll();
}

/** A person who is not deleted. */
export function findPerson(db: Database, id: string): Promise<PersonRow | undefined> {
  return living(db).where('id', '=', id).executeTakeFirst();
}

/** A person who is not deleted, locked until the transaction ends. */
export function lockPerson(db: Database, id: string): Promise<PersonRow | undefined> {
  return living(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** A person, deleted or not, whom nobody deletes before the transaction ends. */
export function holdPerson(db: Database, id: string): Promise<PersonRow | undefined> {
  const person = db.withTables<Tables>().selectFrom('person').selectAll();
  return person.where('id', '=', id).forKeyShare().executeTakeFirst();
}

/** Who has an address, in any case, whom nobody deletes before the transaction ends. */
export function holdPersonByEmail(db: Database, email: string): Promise<PersonRow | undefined> {
  const hasAddress = sql<boolean>`lower(email) = lower(${comparableEmail(email)})`;
  return living(db).where(hasAddress).forKeyShare().executeTakeFirst();
}

/** Those of some people who are not deleted, in no order. */
export async function findPeople(db: Database, ids: readonly string[]): Promise<PersonRow[]> {
  return ids.length === 0 ? [] : living(db).where('id', 'in', ids).execute();
}

/** Which people of an organisation are listed. */
export type PeopleFilter = {
  orgId: string;
  email?: string | undefined;
  /** Beginning of the display name, in any case. */
  displayName?: string | undefined;
  /** People who hold any of them. */
  roles?: readonly RoleName[] | undefined;
  locationId?: string | undefined;
  max: number;
  /** The last person of the page before. */
  afterId?: string | undefined;
};

const NAME = sql<string>`lower(display_name) collate "C"`;
const GREATEST_CHARACTER = '\u{10ffff}';

/** People of an organisation by name, one more than `max`; guests only when one is looked for by address. */
export function listPeopleOf(db: Database, filter: PeopleFilter): Promise<PersonRow[]> {
  let query = living(db)
    .where('org_id', '=', filter.orgId)
    .orderBy(NAME)
    .orderBy('id')
    .limit(filter.max + 1);
  if (filter.email) query = query.where(sql<boolean>`lower(email) = lower(${comparableEmail(filter.email)})`);
  else query = query.where('type', '<>', sql.lit('appuser'));
  if (filter.displayName) {
    const prefix = sql`lower(${filter.displayName}::text) collate "C"`;
    query = query.where(sql<boolean>`${NAME} >= ${prefix} and ${NAME} < ${prefix} || ${GREATEST_CHARACTER}`);
  }
  if (filter.roles) query = query.where(sql<boolean>`roles && ${[...filter.roles]}::text[]`);
  if (filter.locationId) query = query.where(sql<boolean>`profile->>'locationId' = ${filter.locationId}`);
  if (filter.afterId) {
    // Deleted people keep their row, so that a page can follow them still.
    const last = sql`(select lower(display_name) collate "C", id from person where id = ${filter.afterId})`;
    query = query.where(sql<boolean>`(${NAME}, id) > ${last}`);
  }
  return query.execute();
}

/** Changes a person's row. @throws a unique violation (`person_email`) when an active person has the address */
export async function updatePersonRow(
  db: Database,
  id: string,
  change: Updateable<PersonTable>,
): Promise<PersonRow> {
  return db
    .withTables<Tables>()
    .updateTable('person')
    .set(change)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Whether somebody else of an organisation is a full administrator who can sign in. */
export async function hasOtherAdministrator(db: Database, orgId: string, personId: string): Promise<boolean> {
  // Roles are said twice, in the terms of the partial index too.
  const { rows } = await sql`
    select 1 from person
    where org_id = ${orgId} and id <> ${personId} and deleted_at is null and type = 'person'
      and roles @> '{full_admin}' and roles <> '{}' and login_enabled and not invite_pending limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** How many people, bots and guests aside, an organisation has. */
export async function countPeople(db: Database, orgId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from person
    where org_id = ${orgId} and type = 'person' and deleted_at is null`.execute(db);
  return rows[0]!.count;
}
