import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { lockPerson, updatePersonRow } from './people.store.ts';
import { forgetPerson } from './person-facts.ts';

/**
 * Ends an account that is no person's own, such as a bot's, on behalf of who answers for it: its memberships
 * and webhooks end, its tokens stop before the reply, and its row stays, so that what it wrote keeps a name.
 * Whether the caller may is theirs to decide; of people an administrator decides (`people.delete`).
 * @returns false when it is gone already
 */
export async function removeAccount(
  world: World,
  tx: Tx,
  id: Uuid,
  cause: { actorId: string; traceId?: string | undefined },
): Promise<boolean> {
  if (!(await lockPerson(tx.db, id))) return false;
  for (const slice of world.resources) await slice.personDeleted?.(world, tx, id, cause);
  const now = world.clock.now();
  const row = await updatePersonRow(tx.db, id, { deleted_at: now, last_modified: now });
  const data = { id, type: row.type, email: row.email, displayName: row.display_name };
  tx.emit({ ...cause, orgId: row.org_id, resource: 'people', event: 'deleted', dataId: id, data });
  tx.onCommit(() => forgetPerson(world, id));
  return true;
}
