import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { GrantTable } from './grants.table.ts';

type Tables = { oauth_grant: GrantTable };

/** Which grants are meant: all that match each given part. */
export type GrantsOf = {
  ids?: readonly string[];
  personId?: string;
  /** OAuth client id. */
  clientId?: string;
  /** Of people of this organisation only. */
  orgId?: string;
};

function matching(of: GrantsOf) {
  const parts = [sql`revoked_at is null`];
  if (of.ids) parts.push(sql`id = any(${of.ids}::uuid[])`);
  if (of.personId) parts.push(sql`person_id = ${of.personId}`);
  if (of.clientId) parts.push(sql`client_id = ${of.clientId}`);
  if (of.orgId) parts.push(sql`org_id = ${of.orgId}`);
  return sql.join(parts, sql` and `);
}

const COLUMNS = sql`id, person_id, org_id, client_id, scopes, refresh_hash, created, refresh_expires_at,
  last_refreshed_at, revoked_at`;

/** Stores a grant. */
export async function insertGrant(db: Database, row: GrantTable): Promise<void> {
  await db.withTables<Tables>().insertInto('oauth_grant').values(row).execute();
}

/** Locks the grant of a refresh token until the transaction ends; expired and revoked ones are found too. */
export async function lockGrantByRefreshHash(db: Database, hash: Buffer): Promise<GrantTable | undefined> {
  const { rows } = await sql<GrantTable>`
    select ${COLUMNS} from oauth_grant where refresh_hash = ${hash} for update`.execute(db);
  return rows[0];
}

/** The grant of a refresh token; expired and revoked ones are found too. */
export async function findGrantByRefreshHash(db: Database, hash: Buffer): Promise<GrantTable | undefined> {
  const { rows } = await sql<GrantTable>`
    select ${COLUMNS} from oauth_grant where refresh_hash = ${hash}`.execute(db);
  return rows[0];
}

/** Gives a grant its new end and scopes. */
export async function updateGrant(
  db: Database,
  id: string,
  change: Pick<GrantTable, 'scopes' | 'refresh_expires_at' | 'last_refreshed_at'>,
): Promise<void> {
  await db.withTables<Tables>().updateTable('oauth_grant').set(change).where('id', '=', id).execute();
}

/** Grants that are neither expired nor revoked, newest first. */
export async function findLiveGrants(db: Database, of: GrantsOf, now: Date): Promise<GrantTable[]> {
  const { rows } = await sql<GrantTable>`
    select ${COLUMNS} from oauth_grant where ${matching(of)} and refresh_expires_at > ${now}
    order by created desc, id desc`.execute(db);
  return rows;
}

/** Marks grants as revoked. @returns those that were not before */
export async function markGrantsRevoked(db: Database, of: GrantsOf, now: Date): Promise<GrantTable[]> {
  const { rows } = await sql<GrantTable>`
    update oauth_grant set revoked_at = ${now} where ${matching(of)} returning ${COLUMNS}`.execute(db);
  return rows;
}
