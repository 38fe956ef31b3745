import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
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
