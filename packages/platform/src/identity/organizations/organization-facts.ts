import type { Uuid } from '@moothall/core';
import type { World } from '../../world.ts';
import { findOrganization } from './organizations.store.ts';
import type { OrganizationKind } from './organizations.table.ts';

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

/** The facts of an organisation; undefined when there is none. */
export async function findOrganizationFacts(
  world: World,
  id: string,
): Promise<OrganizationFacts | undefined> {
  const cache = world.caches.named<OrganizationFacts>('organization');
  const known = cache.get(id);
  if (known) return known;
  const version = cache.version();
  const row = await findOrganization(world, id);
  if (!row) return undefined;
  const facts: OrganizationFacts = {
    id: row.id as Uuid,
    displayName: row.display_name,
    kind: row.kind,
    profile: row.profile,
    sharesPresence: row.settings.sharesPresence ?? true,
  };
  cache.set(id, facts, version);
  return facts;
}

/** Forgets an organisation's facts, in the transaction that changed them: `tx.onCommit(...)`. */
export function forgetOrganization(world: World, id: string): void {
  world.caches.named<OrganizationFacts>('organization').delete(id);
}

/** What an organisation is; `personal` for one that is unknown, since that is allowed the least. */
export async function organizationKindOf(world: World, orgId: string): Promise<OrganizationKind> {
  return (await findOrganizationFacts(world, orgId))?.kind ?? 'personal';
}

/**
 * Whether embedded apps can be made in an organisation: in a customer's and in a sandbox (F78), but not by
 * an account that belongs to none, which is offered a sandbox instead (F79).
 */
export async function mayCreateEmbeddedApps(world: World, orgId: string): Promise<boolean> {
  return (await organizationKindOf(world, orgId)) !== 'personal';
}
