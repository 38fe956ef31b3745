import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { ShownApp } from '../apps/index.ts';
import type {
  IntegrationDefaultTable,
  IntegrationPolicyTable,
  IntegrationRequestTable,
} from './integration-policies.table.ts';

type Tables = {
  integration_default: IntegrationDefaultTable;
  integration_policy: IntegrationPolicyTable;
  integration_request: IntegrationRequestTable;
};

/** The organisation's default; undefined when it has said nothing, which allows. */
export function findDefault(db: Database, orgId: string): Promise<IntegrationDefaultTable | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('integration_default')
    .selectAll()
    .where('org_id', '=', orgId)
    .executeTakeFirst();
}

/** What an organisation has said of an integration; undefined when nothing. */
export function findPolicy(
  db: Database,
  orgId: string,
  clientId: string,
): Promise<IntegrationPolicyTable | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('integration_policy')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
}

/** Stores the default over the version that was read, zero for none. @returns false when another was stored meanwhile */
export async function storeDefault(
  db: Database,
  { org_id, access, version }: IntegrationDefaultTable,
): Promise<boolean> {
  const { numAffectedRows } =
    version === 1
      ? await sql`insert into integration_default (org_id, access, version) values (${org_id}, ${access}, 1)
          on conflict do nothing`.execute(db)
      : await sql`update integration_default set access = ${access}, version = ${version}
          where org_id = ${org_id} and version = ${version - 1}`.execute(db);
  return numAffectedRows === 1n;
}

/** Stores a policy over the version that was read, zero for none. @returns false when another was stored meanwhile */
export async function storePolicy(db: Database, policy: IntegrationPolicyTable): Promise<boolean> {
  const { org_id, client_id, mode, person_ids, version } = policy;
  const { numAffectedRows } =
    version === 1
      ? await sql`insert into integration_policy (org_id, client_id, mode, person_ids, version)
          values (${org_id}, ${client_id}, ${mode}, ${person_ids}::uuid[], 1) on conflict do nothing`.execute(
          db,
        )
      : await sql`update integration_policy
          set mode = ${mode}, person_ids = ${person_ids}::uuid[], version = ${version}
          where org_id = ${org_id} and client_id = ${client_id} and version = ${version - 1}`.execute(db);
  return numAffectedRows === 1n;
}

/** Of some ids those of people of an organisation who are not deleted. */
export async function findPeopleOf(
  db: Database,
  orgId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from person
    where id = any(${ids}::uuid[]) and org_id = ${orgId} and type = 'person' and deleted_at is null`.execute(
    db,
  );
  return new Set(rows.map((row) => row.id));
}

/** An integration as administrators of an organisation see it. */
export type UsedIntegration = ShownApp & {
  mode: IntegrationPolicyTable['mode'] | null;
  person_ids: string[] | null;
  policy_version: number | null;
  grants: number;
  people: number;
  granted: string[];
  requests: number;
  last_used: Date | null;
};

/**
 * Integrations that people of an organisation use, that it owns or has a policy for, or that somebody asks
 * for; newest first, one more than `max`.
 */
export async function findUsedIntegrations(
  db: Database,
  filter: { orgId: string; now: Date; q?: string | undefined; max: number; afterId?: string | undefined },
): Promise<UsedIntegration[]> {
  const { orgId, now, q = null, afterId = null, max } = filter;
  const { rows } = await sql<UsedIntegration>`
    with used as (
      select client_id, count(*) as grants, count(distinct person_id) as people
      from oauth_grant where org_id = ${orgId} and revoked_at is null and refresh_expires_at > ${now}
      group by client_id
    ), asked as (
      select client_id, count(*) as requests from integration_request where org_id = ${orgId} group by client_id
    )
    select app.*, owner.email as owner_email, owner.display_name as owner_name, null as bot_email,
      coalesce(owner.login_enabled and owner.deleted_at is null, false) as owner_active,
      policy.mode, policy.person_ids, policy.version as policy_version,
      coalesce(used.grants, 0) as grants, coalesce(used.people, 0) as people,
      coalesce(asked.requests, 0) as requests,
      array(select distinct unnest(scopes) from oauth_grant
        where oauth_grant.client_id = app.client_id and org_id = ${orgId} and revoked_at is null
          and refresh_expires_at > ${now} order by 1) as granted,
      (select max(token.last_used) from token join person on person.id = token.person_id
        where token.app_id = app.client_id and person.org_id = ${orgId}) as last_used
    from app left join used using (client_id) left join asked using (client_id)
      left join integration_policy policy on policy.org_id = ${orgId} and policy.client_id = app.client_id
      left join person owner on owner.id = app.owner_id
    where app.kind = 'integration' and (${afterId}::uuid is null or app.id < ${afterId}::uuid)
      and (${q}::text is null or position(lower(${q}::text) in lower(app.name)) > 0)
      and (app.org_id = ${orgId} or used.grants > 0 or asked.requests > 0 or policy.mode <> 'default')
    order by app.id desc limit ${max + 1}`.execute(db);
  return rows;
}

/** Keeps a wish, once. @returns the id of the one that stands */
export async function keepRequest(db: Database, row: IntegrationRequestTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .withTables<Tables>()
    .insertInto('integration_request')
    .values(row)
    .onConflict((conflict) => conflict.columns(['org_id', 'client_id', 'person_id']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Whether somebody has asked for an integration already. */
export async function hasAsked(
  db: Database,
  { orgId, clientId, personId }: { orgId: string; clientId: string; personId: string },
): Promise<boolean> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('integration_request')
    .select('id')
    .where('org_id', '=', orgId)
    .where('client_id', '=', clientId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}

/** A wish with the names of who and what. */
export type ShownRequest = IntegrationRequestTable & {
  app_name: string;
  email: string;
  display_name: string;
};

/** Wishes of an organisation's people, oldest first, one more than `max`. */
export async function findRequests(
  db: Database,
  filter: { orgId: string; max: number; afterId?: string | undefined },
): Promise<ShownRequest[]> {
  const { orgId, max, afterId = null } = filter;
  const { rows } = await sql<ShownRequest>`
    select integration_request.*, app.name as app_name, person.email, person.display_name
    from integration_request join app using (client_id) join person on person.id = integration_request.person_id
    where integration_request.org_id = ${orgId} and person.deleted_at is null
      and (${afterId}::uuid is null or integration_request.id > ${afterId}::uuid)
    order by integration_request.id limit ${max + 1}`.execute(db);
  return rows;
}

/** Ends wishes: one by its id, or those for an integration, of some people or of all. @returns those that ended */
export async function endRequests(
  db: Database,
  of: { orgId: string } & ({ id: string } | { clientId: string; personIds?: readonly string[] }),
): Promise<IntegrationRequestTable[]> {
  let query = db.withTables<Tables>().deleteFrom('integration_request').where('org_id', '=', of.orgId);
  if ('id' in of) query = query.where('id', '=', of.id);
  else {
    query = query.where('client_id', '=', of.clientId);
    if (of.personIds) query = query.where('person_id', '=', sql<string>`any(${[...of.personIds]}::uuid[])`);
  }
  return query.returningAll().execute();
}
