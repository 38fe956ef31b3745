import type { Database } from '@moothall/store';
import { sql } from 'kysely';

/** Whose password it is, with its hash. */
export type PasswordRow = { email: string; displayName: string; passwordHash: string | null };

/** The password's row of a person who is not deleted. */
export async function findPasswordRow(db: Database, personId: string): Promise<PasswordRow | undefined> {
  const { rows } = await sql<PasswordRow>`
    select email, display_name as "displayName", password_hash as "passwordHash"
    from person where id = ${personId} and deleted_at is null`.execute(db);
  return rows[0];
}

/** Replaces a hash, unless it was replaced meanwhile. @returns whether it was done */
export async function replaceHash(
  db: Database,
  personId: string,
  before: string | null,
  after: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update person set password_hash = ${after}
    where id = ${personId} and deleted_at is null and password_hash is not distinct from ${before}`.execute(
    db,
  );
  return numAffectedRows === 1n;
}
