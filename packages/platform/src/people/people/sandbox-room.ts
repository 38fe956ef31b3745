import { ApiError } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { lockOrganization, organizationKindOf } from '../../identity/organizations/index.ts';
import type { World } from '../../world.ts';
import { peopleErrors } from './people.errors.ts';
import { countPeople } from './people.store.ts';

/**
 * A developer's sandbox has few people (documented); two additions at once are counted one after the other.
 * @throws ApiError `person.sandbox_full`
 */
export async function assertRoomForPerson(world: World, tx: Tx, orgId: string): Promise<void> {
  if ((await organizationKindOf(world, orgId, tx.db)) !== 'sandbox') return;
  await lockOrganization(tx.db, orgId);
  const limit = world.limits.get('sandbox.people');
  if ((await countPeople(tx.db, orgId)) < limit) return;
  throw new ApiError(peopleErrors['person.sandbox_full'], { parameters: { limit: String(limit) } });
}
