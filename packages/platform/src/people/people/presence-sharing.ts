import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { type Decider, isOfOrganization } from '../../authorize.ts';
import { findOrganizationFacts } from '../../identity/organizations/index.ts';
import type { World } from '../../world.ts';
import { changeTime, emitPerson } from './apply-change.ts';
import { peopleErrors } from './people.errors.ts';
import { lockPerson, updatePersonRow } from './people.store.ts';
import type { PersonRow } from './people.table.ts';
import { findPersonFacts, forgetPerson } from './person-facts.ts';

/**
 * Says whether a person shares their presence. Who does not is seen by nobody, and sees nobody's (documented, F37).
 * @throws ApiError `person.not_found`
 */
export async function setPresenceSharing(
  world: World,
  tx: Tx,
  personId: Uuid,
  sharesPresence: boolean,
  cause: { actorId?: string | undefined; traceId?: string | undefined } = {},
): Promise<void> {
  const target = await lockPerson(tx.db, personId);
  if (!target) throw new ApiError(peopleErrors['person.not_found']);
  const row = await updatePersonRow(tx.db, personId, {
    profile: JSON.stringify({ ...target.profile, sharesPresence }),
    last_modified: changeTime(world, target.last_modified),
  });
  emitPerson(tx, 'updated', row, cause);
  tx.onCommit(() => forgetPerson(world, personId));
}

/** Whether somebody sees any presence: of their own organisation's people only, where it and they share theirs. */
export async function seesPresence(world: World, viewer: { personId: Uuid; orgId: Uuid }): Promise<boolean> {
  const org = await findOrganizationFacts(world, viewer.orgId);
  if (org?.sharesPresence === false) return false;
  return (await findPersonFacts(world, viewer.personId))?.sharesPresence !== false;
}

/** Whether a person's presence is there to be seen. */
export function showsPresence({ type, profile }: Pick<PersonRow, 'type' | 'profile'>): boolean {
  return type !== 'bot' && profile.sharesPresence !== false;
}

/** Whether somebody is seen as a colleague sees them: by themselves, and by their organisation's own people. */
export function isColleagueOf(actor: Decider['actor'], row: Pick<PersonRow, 'id' | 'org_id'>): boolean {
  return row.id === actor.personId || isOfOrganization(actor, row.org_id);
}

/** Makes the test whether somebody sees the presence of a person (F37). */
export async function presenceSight(
  world: World,
  actor: Decider['actor'],
): Promise<(row: PersonRow) => boolean> {
  const isSeeing = await seesPresence(world, actor);
  return (row) => isSeeing && isColleagueOf(actor, row) && showsPresence(row);
}
