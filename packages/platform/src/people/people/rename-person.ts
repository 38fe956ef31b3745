import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import type { PersonCause } from './add-person.ts';
import { updatePersonRow } from './people.store.ts';
import type { PersonRow } from './people.table.ts';
import { forgetPerson } from './person-facts.ts';

/** Gives a person, bot or guest another display name and emits `people:updated`. */
export async function renamePerson(
  world: World,
  tx: Tx,
  id: string,
  displayName: string,
  cause: PersonCause,
): Promise<PersonRow> {
  const change = { display_name: displayName, last_modified: world.clock.now() };
  const row = await updatePersonRow(tx.db, id, change);
  const data = { id, type: row.type, email: row.email, displayName };
  tx.emit({ ...cause, orgId: row.org_id, resource: 'people', event: 'updated', dataId: id, data });
  tx.onCommit(() => forgetPerson(world, id));
  return row;
}
