import type { Actor } from '@moothall/contract';
import { ApiError, encodeWireId } from '@moothall/core';
import type { z } from 'zod';
import type { Decider } from '../../authorize.ts';
import { type Action, authorize, type Refusal } from '../../authorize.ts';
import type { AuditCause } from '../../operations/audit/index.ts';
import {
  applyPersonChange,
  findPerson,
  lockPerson,
  type PersonProfile,
  type PersonRow,
} from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import type { getProfile, updateProfile } from './profile.contract.ts';
import { profileErrors } from './profile.errors.ts';

type Change = z.output<NonNullable<(typeof updateProfile)['body']>>;

const changeOwn: Action<{ personId: string | undefined }> = {
  name: 'me.update',
  relations: {
    user: (actor: Actor, { personId }): Refusal =>
      personId === actor.personId ? undefined : 'it is not their own profile',
  },
  unrelated: profileErrors['profile.not_found'],
};

const TEXTS = ['firstName', 'lastName', 'nickName', 'timezone'] as const;

function changedProfile(before: PersonProfile, change: Change): PersonProfile {
  const after: PersonProfile = { ...before };
  for (const key of TEXTS) {
    const value = change[key];
    if (value === '') delete after[key];
    else if (value !== undefined) after[key] = value;
  }
  return after;
}

/** A person's own profile in wire form. */
export function presentProfile(row: PersonRow): z.input<NonNullable<(typeof getProfile)['response']>> {
  const { firstName, lastName, nickName, avatar, title, department, timezone } = row.profile;
  return {
    id: encodeWireId('PEOPLE', row.id),
    email: row.email,
    displayName: row.display_name,
    ...(firstName && { firstName }),
    ...(lastName && { lastName }),
    ...(nickName && { nickName }),
    ...(avatar && { avatar }),
    ...(title && { title }),
    ...(department && { department }),
    ...(timezone && { timezone }),
    created: row.created.toISOString(),
    version: row.last_modified.toISOString(),
  };
}

/** The caller's own row. @throws ApiError `profile.not_found` */
export async function findOwnProfile(world: World, decider: Decider): Promise<PersonRow> {
  const row = await findPerson(world.store.db, decider.actor.personId);
  authorize(decider, changeOwn, { personId: row?.id });
  return row!;
}

/**
 * Changes the caller's profile, unless somebody else changed it since they read it.
 * @throws ApiError 409 `profile.changed_meanwhile`, `profile.not_found`
 */
export function changeOwnProfile(
  world: World,
  decider: Decider & AuditCause,
  { version, ...change }: Change,
): Promise<PersonRow> {
  return world.store.tx(async (tx) => {
    const row = await lockPerson(tx.db, decider.actor.personId);
    authorize(decider, changeOwn, { personId: row?.id });
    if (row!.last_modified.toISOString() !== version)
      throw new ApiError(profileErrors['profile.changed_meanwhile']);
    const profile = changedProfile(row!.profile, { version, ...change });
    return applyPersonChange(world, tx, decider, row!, { displayName: change.displayName, profile });
  });
}
