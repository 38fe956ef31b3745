import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { Cursor } from '../../paging.ts';

/** A browser's session or a token, as its person sees it. */
export type OwnSessionRow = {
  id: string;
  /** Of a token without an app and a session `personal`. */
  kind: string;
  appName: string | null;
  clientId: string | null;
  created: Date;
  lastUsed: Date | null;
  expires: Date | null;
  userAgent: string | null;
  ip: string | null;
  sessionId: string | null;
  site: string | null;
};

/** Sessions and active tokens of a person, newest first, one more than `max`. */
export async function findOwnSessions(
  db: Database,
  personId: string,
  { now, max, after }: { now: Date; max: number; after?: Cursor | undefined },
): Promise<OwnSessionRow[]> {
  const [key, id] = [after?.key ?? null, after?.id ?? null];
  const { rows } = await sql<OwnSessionRow>`
    with own as (
      select id, 'browser' as kind, null::text as "appName", null::text as "clientId", created,
        last_used as "lastUsed", expires_at as expires, user_agent as "userAgent", ip,
        id as "sessionId", null::text as site
      from session where person_id = ${personId} and revoked_at is null and expires_at > ${now}
      union all
      select token.id,
        case when token.session_id is not null then 'site' when token.app_id is null then 'personal'
          else coalesce(app.kind, 'integration') end,
        app.name, token.app_id, token.created, coalesce(token.last_used, session.last_used), token.expires_at,
        session.user_agent, session.ip, token.session_id, token.site
      from token left join app on app.client_id = token.app_id
        left join session on session.id = token.session_id
      where token.person_id = ${personId} and token.revoked_at is null
        and (token.expires_at is null or token.expires_at > ${now})
    )
    select * from own
    where ${key}::timestamptz is null or (created, id) < (${key}::timestamptz, ${id}::uuid)
    order by created desc, id desc limit ${max + 1}`.execute(db);
  return rows;
}

/** Whose session or live token an id is. */
export type OwnedSession = { kind: 'browser' | 'token'; personId: string; grantId: string | null };

/** The live session or token of an id, whoever has it. */
export async function findOwned(db: Database, id: string, now: Date): Promise<OwnedSession | undefined> {
  const { rows } = await sql<OwnedSession>`
    select 'browser' as kind, person_id as "personId", null::uuid as "grantId"
    from session where id = ${id} and revoked_at is null and expires_at > ${now}
    union all
    select 'token', person_id, grant_id
    from token where id = ${id} and revoked_at is null and (expires_at is null or expires_at > ${now})`.execute(
    db,
  );
  return rows[0];
}

/** What a person allows one app. */
export type OwnGrantRow = {
  clientId: string;
  appName: string | null;
  scopes: string[];
  created: Date;
  lastUsed: Date | null;
  activeTokens: number;
};

/** Apps that a person allows something, by client id, one more than `max`; those with tokens alone are among them. */
export async function findOwnGrants(
  db: Database,
  personId: string,
  { now, max, after }: { now: Date; max: number; after?: string | undefined },
): Promise<OwnGrantRow[]> {
  const { rows } = await sql<OwnGrantRow>`
    with allowed as (
      select client_id, scopes, created, last_refreshed_at as used, 0 as tokens
      from oauth_grant
      where person_id = ${personId} and revoked_at is null and refresh_expires_at > ${now}
      union all
      select app_id, scopes, created, last_used, 1
      from token
      where person_id = ${personId} and app_id is not null and revoked_at is null
        and (expires_at is null or expires_at > ${now})
    )
    select client_id as "clientId", (select name from app where app.client_id = allowed.client_id) as "appName",
      array(select distinct unnest from allowed as each, unnest(each.scopes)
        where each.client_id = allowed.client_id order by unnest) as scopes,
      min(created) as created, max(used) as "lastUsed", sum(tokens)::integer as "activeTokens"
    from allowed where ${after ?? null}::text is null or client_id collate "C" > ${after ?? null}
    group by client_id order by client_id collate "C" limit ${max + 1}`.execute(db);
  return rows;
}
