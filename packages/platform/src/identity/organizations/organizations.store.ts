import type { Uuid } from '@moothall/core';
import type { Database, Tx } from '@moothall/store';
import { sql } from 'kysely';
import type { World } from '../../world.ts';
import type { OrgTable } from './organizations.table.ts';

type Tables = { org: OrgTable };

/** What a new organisation is made of. */
export type NewOrganization = {
  id?: Uuid;
  displayName: string;
  profile?: 'standard' | 'gov';
  domains?: readonly string[];
  siteUrl?: string;
};

/** Stores an organisation and emits `organizations:created`. */
export async function addOrganization(world: World, tx: Tx, request: NewOrganization): Promise<Uuid> {
  const id = request.id ?? world.ids.uuid();
  const row: OrgTable = {
    id,
    display_name: request.displayName,
    profile: request.profile ?? 'standard',
    domains: [...(request.domains ?? [])],
    site_url: request.siteUrl ?? null,
    created: world.clock.now(),
  };
  await tx.db.withTables<Tables>().insertInto('org').values(row).execute();
  tx.emit({
    orgId: id,
    resource: 'organizations',
    event: 'created',
    dataId: id,
    data: { id, displayName: row.display_name },
  });
  return id;
}

/** An organisation; undefined when there is none. */
export function findOrganization(world: World, id: string): Promise<OrgTable | undefined> {
  return world.store.db
    .withTables<Tables>()
    .selectFrom('org')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * The organisation that has a mail domain; the oldest where several do, undefined where none does.
 * @param domain in lower case
 */
export async function findOrganizationIdByDomain(db: Database, domain: string): Promise<Uuid | undefined> {
  const { rows } = await sql<{ id: Uuid }>`
    select id from org where exists (select 1 from unnest(domains) owned where lower(owned) = ${domain})
    order by created, id limit 1`.execute(db);
  return rows[0]?.id;
}
