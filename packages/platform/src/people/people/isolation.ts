import type { Database } from '@moothall/store';
import { organizationKindOf } from '../../identity/organizations/index.ts';
import type { World } from '../../world.ts';

/**
 * Whether two organisations know nothing of each other: a developer's sandbox is alone (F77).
 * @param db the transaction's, within one
 */
export async function areApart(world: World, one: string, other: string, db?: Database): Promise<boolean> {
  if (one === other) return false;
  const isSandbox = async (orgId: string) => (await organizationKindOf(world, orgId, db)) === 'sandbox';
  return (await isSandbox(one)) || isSandbox(other);
}
