import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { AppRow } from '../../apps/apps/index.ts';
import type { AuthorizationState, ServiceAppAuthorizationTable } from './service-apps.table.ts';

type Tables = { service_app_authorization: ServiceAppAuthorizationTable };

/** A decision as it is read. */
export type AuthorizationRow = ServiceAppAuthorizationTable;

/** What an organisation decided about a service app; undefined when nothing. */
export function findAuthorization(
  db: Database,
  appId: string,
  orgId: string,
): Promise<AuthorizationRow | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('service_app_authorization')
    .selectAll()
    .where('app_id', '=', appId)
    .where('org_id', '=', orgId)
    .executeTakeFirst();
}

/** Stores a decision, over the one before. */
export async function putAuthorization(
  db: Database,
  row: Pick<AuthorizationRow, 'app_id' | 'org_id' | 'state'>,
  change: Partial<Omit<AuthorizationRow, 'app_id' | 'org_id' | 'state'>>,
): Promise<AuthorizationRow> {
  return db
    .withTables<Tables>()
    .insertInto('service_app_authorization')
    .values({
      person_id: null,
      scopes: [],
      requested_by: null,
      requested_at: null,
      decided_by: null,
      decided_at: null,
      ...change,
      ...row,
    })
    .onConflict((conflict) =>
      conflict.columns(['app_id', 'org_id']).doUpdateSet({ ...change, state: row.state }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Forgets what every organisation decided about an app. @returns its accounts */
export async function removeAuthorizations(db: Database, appId: string): Promise<string[]> {
  const rows = await db
    .withTables<Tables>()
    .deleteFrom('service_app_authorization')
    .where('app_id', '=', appId)
    .returning('person_id')
    .execute();
  return rows.flatMap((row) => row.person_id ?? []);
}

/** States that an app is in, over all organisations. */
export async function statesOf(db: Database, appId: string): Promise<Set<AuthorizationState>> {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('service_app_authorization')
    .select('state')
    .distinct()
    .where('app_id', '=', appId)
    .execute();
  return new Set(rows.map((row) => row.state));
}

/** A decision with its app and the names that pages show. */
export type ShownAuthorization = AuthorizationRow & {
  app: Pick<AppRow, 'id' | 'name' | 'description' | 'client_id' | 'scopes' | 'version' | 'state'>;
  app_org_name: string;
  org_name: string;
  owner_email: string | null;
  decided_by_email: string | null;
};

/** Decisions with their names: those of an organisation, or about an app. Apps that are gone are left out. */
export async function listAuthorizations(
  db: Database,
  of: { orgId: string; appId?: string } | { appId: string },
): Promise<ShownAuthorization[]> {
  const parts = [sql`app.kind = 'service_app'`];
  if ('orgId' in of) parts.push(sql`a.org_id = ${of.orgId}`);
  if (of.appId !== undefined) parts.push(sql`a.app_id = ${of.appId}`);
  const { rows } = await sql<ShownAuthorization>`
    select a.*, app_org.display_name as app_org_name, org.display_name as org_name,
      owner.email as owner_email, decider.email as decided_by_email,
      jsonb_build_object('id', app.id, 'name', app.name, 'description', app.description,
        'client_id', app.client_id, 'scopes', app.scopes, 'version', app.version, 'state', app.state) as app
    from service_app_authorization a
      join app on app.id = a.app_id
      join org on org.id = a.org_id
      join org app_org on app_org.id = app.org_id
      left join person owner on owner.id = app.owner_id
      left join person decider on decider.id = a.decided_by
    where ${sql.join(parts, sql` and `)} order by a.app_id, a.org_id`.execute(db);
  return rows;
}
