import { organizationKindOf } from '../../identity/organizations/index.ts';
import type { World } from '../../world.ts';

/** Whether two organisations know nothing of each other: a developer's sandbox is alone (F77). */
export async function areApart(world: World, one: string, other: string): Promise<boolean> {
  if (one === other) return false;
  const kinds = await Promise.all([organizationKindOf(world, one), organizationKindOf(world, other)]);
  return kinds.includes('sandbox');
}
