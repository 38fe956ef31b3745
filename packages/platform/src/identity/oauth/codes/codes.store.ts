import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { CodeTable } from '../oauth.table.ts';

type Tables = { oauth_code: CodeTable };

/** Stores a code. */
export async function insertCode(db: Database, row: CodeTable): Promise<void> {
  await db.withTables<Tables>().insertInto('oauth_code').values(row).execute();
}

const COLUMNS = sql`id, hash, client_id, person_id, org_id, redirect_uri, scopes, challenge, challenge_method,
  nonce, auth_time, created, expires_at, used_at, grant_id`;

/** The code of a hash; used and expired ones are found too. */
export async function findCode(db: Database, hash: Buffer): Promise<CodeTable | undefined> {
  const { rows } = await sql<CodeTable>`select ${COLUMNS} from oauth_code where hash = ${hash}`.execute(db);
  return rows[0];
}

/** Locks the code of an id until the transaction ends. */
export async function lockCode(db: Database, id: string): Promise<CodeTable | undefined> {
  const { rows } = await sql<CodeTable>`
    select ${COLUMNS} from oauth_code where id = ${id} for update`.execute(db);
  return rows[0];
}

/** Notes what a code gave; it gives nothing more. */
export async function markCodeUsed(db: Database, id: string, grantId: string, now: Date): Promise<void> {
  const change = { used_at: now, grant_id: grantId };
  await db.withTables<Tables>().updateTable('oauth_code').set(change).where('id', '=', id).execute();
}

/** Deletes codes that ended before a time. */
export async function deleteCodes(db: Database, before: Date): Promise<void> {
  await db.withTables<Tables>().deleteFrom('oauth_code').where('expires_at', '<', before).execute();
}
