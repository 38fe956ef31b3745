import type { Database } from '@moothall/store';
import { sql } from 'kysely';

/** How many people who authorised an app have not allowed it a scope, of all who authorised it (F58). */
export type ScopeDrift = { scope: string; lacking: number; people: number };

/** An app and the scopes that it registers. */
type Registered = { clientId: string; scopes: readonly string[] };

/** Every app holds it, whether it was asked for or not (documented). */
const IMPLIED = 'spark:kms';

/**
 * Where registered scopes of apps run ahead of what people allowed: tokens never widen by themselves, so
 * these people must consent again.
 * @returns by client id; apps and scopes that nobody lacks are left out
 */
export async function findScopeDrift(
  db: Database,
  apps: readonly Registered[],
  now: Date,
): Promise<Map<string, ScopeDrift[]>> {
  const pairs = apps.flatMap(({ clientId, scopes }) =>
    scopes.filter((scope) => scope !== IMPLIED).map((scope) => [clientId, scope] as const),
  );
  const drifts = new Map<string, ScopeDrift[]>();
  if (pairs.length === 0) return drifts;
  const { rows } = await sql<ScopeDrift & { client_id: string }>`
    with wanted as (
      select * from unnest(${pairs.map(([id]) => id)}::text[], ${pairs.map(([, scope]) => scope)}::text[])
        as wanted (client_id, scope)
    ), person as (
      select wanted.client_id, wanted.scope, bool_or(wanted.scope = any(oauth_grant.scopes)) as has
      from wanted join oauth_grant on oauth_grant.client_id = wanted.client_id
        and revoked_at is null and refresh_expires_at > ${now}
      group by wanted.client_id, wanted.scope, person_id
    )
    select client_id, scope, count(*) filter (where not has) as lacking, count(*) as people
    from person group by client_id, scope having bool_or(not has) order by scope`.execute(db);
  for (const { client_id, scope, lacking, people } of rows)
    drifts.set(client_id, [...(drifts.get(client_id) ?? []), { scope, lacking, people }]);
  return drifts;
}
