import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { LicenseTable } from './licenses.table.ts';

type Tables = { license: LicenseTable };

/** A licence and how many people hold it. */
export type LicenseRow = LicenseTable & { consumed_units: number };

const HELD = `
  (select count(*) from person where person.org_id = license.org_id and person.deleted_at is null
    and license.key = any(person.licenses))`;

/** Licences of an organisation, by name. */
export async function listLicensesOf(db: Database, orgId: string): Promise<LicenseRow[]> {
  const { rows } = await sql<LicenseRow>`
    select license.*, ${sql.raw(HELD)} as consumed_units from license
    where org_id = ${orgId} order by name, id`.execute(db);
  return rows;
}

/** A licence; undefined when there is none. */
export async function findLicense(db: Database, id: string): Promise<LicenseRow | undefined> {
  const { rows } = await sql<LicenseRow>`
    select license.*, ${sql.raw(HELD)} as consumed_units from license where id = ${id}`.execute(db);
  return rows[0];
}

/** Somebody who holds a licence. */
export type LicenseHolder = { id: string; display_name: string; email: string };

/** Those who hold a licence, by id from after `afterId`, one more than `max`. */
export async function listHolders(
  db: Database,
  { org_id, key }: Pick<LicenseRow, 'org_id' | 'key'>,
  page: { max: number; afterId?: string | undefined },
): Promise<LicenseHolder[]> {
  const { rows } = await sql<LicenseHolder>`
    select id, display_name, email from person
    where org_id = ${org_id} and deleted_at is null and ${key} = any(licenses)
      and (${page.afterId ?? null}::uuid is null or id > ${page.afterId ?? null}::uuid)
    order by id limit ${page.max + 1}`.execute(db);
  return rows;
}

/** Keys and ids of an organisation's licences. */
export function listLicenseKeysOf(
  db: Database,
  orgId: string,
): Promise<Pick<LicenseTable, 'id' | 'org_id' | 'key' | 'offer'>[]> {
  return db
    .withTables<Tables>()
    .selectFrom('license')
    .select(['id', 'org_id', 'key', 'offer'])
    .where('org_id', '=', orgId)
    .orderBy('key')
    .execute();
}

/** Stores a licence. @throws a unique violation when the organisation has one of that key */
export async function insertLicense(db: Database, row: LicenseTable): Promise<void> {
  await db.withTables<Tables>().insertInto('license').values(row).execute();
}

/**
 * Locks the licences of some keys until the transaction ends, and counts how many more people may hold each:
 * two who take the last seat at once do so one after the other.
 */
export async function lockFreeSeats(
  db: Database,
  orgId: string,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const asked = sql`org_id = ${orgId} and key = any(${keys}::text[])`;
  await sql`select 1 from license where ${asked} order by key for update`.execute(db);
  const { rows } = await sql<{ key: string; free: number }>`
    select key, (total_units - ${sql.raw(HELD)})::int as free from license where ${asked}`.execute(db);
  return new Map(rows.map((row) => [row.key, row.free]));
}
