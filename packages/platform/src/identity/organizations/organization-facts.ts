import type { Uuid } from '@moothall/core';
import type { Database } from '@moothall/store';
import type { World } from '../../world.ts';
import { findOrganization } from './organizations.store.ts';
import type { OrganizationKind, OrgRow } from './organizations.table.ts';

/** What rules ask about an organisation; cached until it changes. */
export type OrganizationFacts = {
  id: Uuid;
  displayName: string;
  kind: OrganizationKind;
  /** Public cloud or government cloud (F50). */
  profile: 'standard' | 'gov';
  /** Whether the presence of its people is shown to anybody (F37). */
  sharesPresence: boolean;
};

function factsOf(row: OrgRow): OrganizationFacts {
  return {
    id: row.id as Uuid,
    displayName: row.display_name,
    kind: row.kind,
    profile: row.profile,
    sharesPresence: row.settings.sharesPresence ?? true,
  };
}

/**
 * The facts of an organisation; undefined when there is none.
 * @param db of a transaction: within one they are read through it, past the cache
 */
export async function findOrganizationFacts(
  world: World,
  id: string,
  db?: Database,
): Promise<OrganizationFacts | undefined> {
  if (db) {
    const row = await findOrganization(world, id, db);
    return row && factsOf(row);
  }
  const cache = world.caches.named<OrganizationFacts>('organization');
  const known = cache.get(id);
  if (known) return known;
  const version = cache.version();
  const row = await findOrganization(world, id);
  if (!row) return undefined;
  const facts = factsOf(row);
  cache.set(id, facts, version);
  return facts;
}

/** Forgets an organisation's facts, in the transaction that changed them: `tx.onCommit(...)`. */
export function forgetOrganization(world: World, id: string): void {
  world.caches.named<OrganizationFacts>('organization').delete(id);
}

/**
 * What an organisation is; `personal` for one that is unknown, since that is allowed the least.
 * @param db the transaction's, within one
 */
export async function organizationKindOf(
  world: World,
  orgId: string,
  db?: Database,
): Promise<OrganizationKind> {
  return (await findOrganizationFacts(world, orgId, db))?.kind ?? 'personal';
}

/**
 * Whether embedded apps can be made in an organisation: in a customer's and in a sandbox (F78), but not by
 * an account that belongs to none, which is offered a sandbox instead (F79).
 */
export async function mayCreateEmbeddedApps(world: World, orgId: string): Promise<boolean> {
  return (await organizationKindOf(world, orgId)) !== 'personal';
}
