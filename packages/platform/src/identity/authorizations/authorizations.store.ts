import type { Uuid } from '@moothall/core';
import type { Database } from '@moothall/store';
import { sql } from 'kysely';

/** Whose an authorization is, whether or not it is still live. */
export type AuthorizationRow = {
  id: Uuid;
  type: 'access' | 'refresh';
  personId: Uuid;
  orgId: Uuid;
  /** Of the person. */
  displayName: string;
  /** Null for a token of an app of our own. */
  clientId: string | null;
  site: string | null;
};

/** The authorization of an id: a token's or a grant's; undefined when there never was one. */
export async function findAuthorization(db: Database, id: Uuid): Promise<AuthorizationRow | undefined> {
  const { rows } = await sql<AuthorizationRow>`
    select found.*, person.org_id as "orgId", person.display_name as "displayName"
    from (
      select id, 'access' as type, person_id as "personId", app_id as "clientId", site
      from token where id = ${id}
      union all
      select id, 'refresh', person_id, client_id, null from oauth_grant where id = ${id}
    ) found join person on person.id = found."personId"`.execute(db);
  return rows[0];
}

/** When a token expires; null when it does not, undefined when there is none. */
export async function findTokenExpiry(db: Database, tokenId: Uuid): Promise<Date | null | undefined> {
  const { rows } = await sql<{ expires: Date | null }>`
    select expires_at as expires from token where id = ${tokenId}`.execute(db);
  return rows[0]?.expires;
}
