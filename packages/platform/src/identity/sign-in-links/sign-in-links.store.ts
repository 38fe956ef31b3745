import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { SignInLinkTable } from './sign-in-links.table.ts';

type Tables = { sign_in_link: SignInLinkTable };

/** Stores links. */
export async function insertLinks(db: Database, rows: readonly SignInLinkTable[]): Promise<void> {
  await db.withTables<Tables>().insertInto('sign_in_link').values(rows).execute();
}

/** A link that is neither used nor expired, which nobody else uses before the transaction ends. */
export async function lockLiveLink(
  db: Database,
  hash: Buffer,
  now: Date,
): Promise<Pick<SignInLinkTable, 'id' | 'person_id' | 'org_id' | 'purpose'> | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('sign_in_link')
    .select(['id', 'person_id', 'org_id', 'purpose'])
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .forUpdate()
    .executeTakeFirst();
}

/** Marks a link as used. */
export async function markUsed(db: Database, id: string, now: Date): Promise<void> {
  await db
    .withTables<Tables>()
    .updateTable('sign_in_link')
    .set({ used_at: now })
    .where('id', '=', id)
    .execute();
}

/** Marks every link of a person that works once as used. @returns their ids */
export async function markAllUsed(db: Database, personId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update sign_in_link set used_at = ${now}
    where person_id = ${personId} and used_at is null and purpose <> 'lab' returning id`.execute(db);
  return rows.map(({ id }) => id);
}
