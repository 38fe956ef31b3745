import type { Uuid } from '@moothall/core';
import type { Database, Tx } from '@moothall/store';
import { sql } from 'kysely';
import type { World } from '../../world.ts';
import type { OrganizationKind, OrganizationSettings, OrgRow, OrgTable } from './organizations.table.ts';

type Tables = { org: OrgTable };

/** What a new organisation is made of. */
export type NewOrganization = {
  id?: Uuid;
  displayName: string;
  profile?: 'standard' | 'gov';
  domains?: readonly string[];
  siteUrl?: string;
  /** `customer` unless said. */
  kind?: OrganizationKind;
};

/** Stores an organisation and emits `organizations:created`. */
export async function addOrganization(world: World, tx: Tx, request: NewOrganization): Promise<Uuid> {
  const id = request.id ?? world.ids.uuid();
  const row = {
    id,
    display_name: request.displayName,
    profile: request.profile ?? 'standard',
    domains: [...(request.domains ?? [])],
    site_url: request.siteUrl ?? null,
    kind: request.kind ?? 'customer',
    settings: '{}',
    created: world.clock.now(),
    last_modified: null,
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

/**
 * An organisation; undefined when there is none.
 * @param db the transaction's, within one
 */
export function findOrganization(
  world: World,
  id: string,
  db: Database = world.store.db,
): Promise<OrgRow | undefined> {
  return db.withTables<Tables>().selectFrom('org').selectAll().where('id', '=', id).executeTakeFirst();
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

/** An organisation, locked until the transaction ends. */
export function lockOrganization(db: Database, id: string): Promise<OrgRow | undefined> {
  const org = db.withTables<Tables>().selectFrom('org').selectAll();
  return org.where('id', '=', id).forUpdate().executeTakeFirst();
}

/** What an administrator may change of an organisation. */
export type OrganizationChange = {
  displayName?: string | undefined;
  domains?: readonly string[] | undefined;
  settings?: OrganizationSettings | undefined;
};

/** Changes an organisation's row. */
export function updateOrganizationRow(
  db: Database,
  id: string,
  { displayName, domains, settings }: OrganizationChange,
  lastModified: Date,
): Promise<OrgRow> {
  return db
    .withTables<Tables>()
    .updateTable('org')
    .set({
      last_modified: lastModified,
      ...(displayName !== undefined && { display_name: displayName }),
      ...(domains && { domains: [...domains] }),
      ...(settings && { settings: JSON.stringify(settings) }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

const LOCK_CLASS = 0x6d6f;

/** Holds a domain until the transaction ends, so that two organisations at once cannot both get it. */
export async function lockDomain(db: Database, domain: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_CLASS}, hashtext(${domain}))`.execute(db);
}
