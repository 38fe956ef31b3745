import type { Database } from '@moothall/store';
import type { GuestTable } from './guests.table.ts';

type Tables = { guest: GuestTable };

/** Who a subject is, within its organisation and issuer. */
export type GuestKey = Pick<GuestTable, 'org_id' | 'issuer' | 'subject'>;

/** Stores a guest unless the subject is known; waits for who is storing it. @returns whether it was stored */
export async function insertGuestOnce(db: Database, row: GuestTable): Promise<boolean> {
  const inserted = await db
    .withTables<Tables>()
    .insertInto('guest')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** The account of a known guest. */
export async function findGuestPersonId(db: Database, key: GuestKey): Promise<string | undefined> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('guest')
    .select('person_id')
    .where('org_id', '=', key.org_id)
    .where('issuer', '=', key.issuer)
    .where('subject', '=', key.subject)
    .executeTakeFirst();
  return row?.person_id;
}

/** How many guests an organisation has. */
export async function countGuestsOf(db: Database, orgId: string): Promise<number> {
  const { count } = await db
    .withTables<Tables>()
    .selectFrom('guest')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('org_id', '=', orgId)
    .executeTakeFirstOrThrow();
  return count;
}
