import { ApiError } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { lockOrganization } from '../../identity/organizations/index.ts';
import { peopleErrors } from './people.errors.ts';
import { hasOtherAdministrator } from './people.store.ts';
import type { PersonRow } from './people.table.ts';

type Standing = Pick<PersonRow, 'roles' | 'login_enabled' | 'invite_pending'>;

/** Who is invited only may never come. */
function administers({ roles, login_enabled, invite_pending }: Standing): boolean {
  return login_enabled && !invite_pending && roles.includes('full_admin');
}

/**
 * An organisation keeps a full administrator who can sign in (decided). Of two who go at once the second waits
 * for the first, and is the last then.
 * @param after how the person stands when the change is made; absent for one who is deleted
 * @throws ApiError `person.last_admin`
 */
export async function assertAdministratorLeft(tx: Tx, before: PersonRow, after?: Standing): Promise<void> {
  if (!administers(before) || (after && administers(after))) return;
  await lockOrganization(tx.db, before.org_id);
  if (await hasOtherAdministrator(tx.db, before.org_id, before.id)) return;
  throw new ApiError(peopleErrors['person.last_admin']);
}
