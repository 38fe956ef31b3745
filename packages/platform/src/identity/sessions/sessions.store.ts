import type { Database, Store } from '@moothall/store';
import { sql } from 'kysely';
import type { SessionTable } from './sessions.table.ts';

type Tables = { session: SessionTable };

/** A live session as authentication needs it, with the sites that it has entered and still holds. */
export type SessionRow = { sessionId: string; personId: string; expiresAt: Date; sites: string[] };

const FIND = `
  select id as "sessionId", person_id as "personId", expires_at as "expiresAt",
    array(select distinct site from token
      where session_id = session.id and site is not null and revoked_at is null) as sites
  from session where hash = $1 and revoked_at is null`;

/** The session of a cookie's hash, unless it was ended; expiry is the caller's to judge. */
export async function findSession(store: Store, hash: Buffer): Promise<SessionRow | undefined> {
  const { rows } = await store.pool.query<SessionRow>(FIND, [hash]);
  return rows[0];
}

/** Whose live session a cookie's hash is. */
export async function findLiveSession(
  db: Database,
  hash: Buffer,
  now: Date,
): Promise<Pick<SessionTable, 'id' | 'person_id' | 'org_id'> | undefined> {
  const { rows } = await sql<Pick<SessionTable, 'id' | 'person_id' | 'org_id'>>`
    select id, person_id, org_id from session
    where hash = ${hash} and revoked_at is null and expires_at > ${now}`.execute(db);
  return rows[0];
}

/** Stores a session. */
export async function insertSession(db: Database, row: SessionTable): Promise<void> {
  await db.withTables<Tables>().insertInto('session').values(row).execute();
}

/** Sessions of a person that are not over, newest first. */
export async function findLiveSessions(db: Database, personId: string, now: Date): Promise<SessionTable[]> {
  const { rows } = await sql<SessionTable>`
    select id, hash, person_id, org_id, created, last_used, expires_at, revoked_at, user_agent, ip,
      sets_password_until
    from session where person_id = ${personId} and revoked_at is null and expires_at > ${now}
    order by created desc, id desc`.execute(db);
  return rows;
}

/** Marks a person's sessions as ended. @returns those that were not before */
export async function markSessionsEnded(
  db: Database,
  personId: string,
  ids: readonly string[],
  now: Date,
): Promise<SessionTable[]> {
  const { rows } = await sql<SessionTable>`
    update session set revoked_at = ${now}
    where person_id = ${personId} and id = any(${ids}::uuid[]) and revoked_at is null
    returning id, hash, person_id, org_id, created, last_used, expires_at, revoked_at, user_agent, ip,
      sets_password_until`.execute(db);
  return rows;
}

/** A person's session that is not over, which nobody else changes before the transaction ends. */
export async function lockLiveSession(
  db: Database,
  session: { sessionId: string; personId: string },
  now: Date,
): Promise<{ expiresAt: Date } | undefined> {
  const { rows } = await sql<{ expiresAt: Date }>`
    select expires_at as "expiresAt" from session
    where id = ${session.sessionId} and person_id = ${session.personId}
      and revoked_at is null and expires_at > ${now}
    for update`.execute(db);
  return rows[0];
}

/** Whether a session may set a password without the one before. */
export async function maySetPassword(db: Database, sessionId: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    select 1 from session
    where id = ${sessionId} and revoked_at is null and sets_password_until > ${now}`.execute(db);
  return rows.length > 0;
}

/** Ends the right of a session to set a password without the one before. */
export async function endPasswordRight(db: Database, sessionId: string): Promise<void> {
  await sql`update session set sets_password_until = null where id = ${sessionId}`.execute(db);
}
