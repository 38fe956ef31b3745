import type { RoleName } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import { authorize, type Decider } from '../../authorize.ts';
import { loadLicenseIds, takeSeats } from '../../identity/licenses/index.ts';
import { accessOrganizationId } from '../../identity/organizations/index.ts';
import { roleWireId } from '../../identity/roles/index.ts';
import { decodeKeyset } from '../../paging.ts';
import type { World } from '../../world.ts';
import {
  applyPersonChange,
  changePerson,
  checkedAddress,
  createPersonAs,
  inviteByMail,
  lockPersonToChange,
  type PersonProfile,
  type PersonRow,
  peopleErrors,
  refusingKnownAddress,
  sameMembers,
} from '../people/index.ts';
import { accessUser } from './access-user.ts';
import { licenseKeysOf, refuseLackOfSeats } from './licenses-of-user.ts';
import { administrationErrors } from './people-administration.errors.ts';
import { findUsers, type UserFilter } from './people-administration.store.ts';

/** What an administrator says of a person on a page. */
export type UserDetails = {
  email?: string | undefined;
  displayName?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
  title?: string | undefined;
  department?: string | undefined;
  roles?: readonly RoleName[] | undefined;
  /** Wire ids. */
  licenses?: readonly string[] | undefined;
};

/** A change, over the state of the person that the administrator saw. */
export type UserChange = UserDetails & { version: string; loginEnabled?: boolean | undefined };

/** What an administrator looks for. */
export type UserQuery = Omit<UserFilter, 'orgId' | 'licenseKey' | 'afterId'> & {
  /** Wire id of a licence. */
  license?: string | undefined;
  cursor?: string | undefined;
};

/** People of the administrator's organisation by name; one more than `max` tells of a next page. @throws ApiError `people.unknown_license` */
export async function listUsers(world: World, decider: Decider, query: UserQuery): Promise<PersonRow[]> {
  const { license, cursor, ...filter } = query;
  const orgId = accessOrganizationId(decider);
  const licenses = license === undefined ? undefined : await loadLicenseIds(world.store.db, orgId);
  return findUsers(world.store.db, {
    ...filter,
    orgId,
    licenseKey: licenses && licenseKeysOf(licenses, [license!])[0],
    afterId: cursor === undefined ? undefined : decodeKeyset(cursor, { byTime: false }).id,
  });
}

/** A person of the administrator's organisation. @throws ApiError `person.not_found` */
export function showUser(world: World, decider: Decider, id: Uuid): Promise<PersonRow> {
  return accessUser(world, decider, id);
}

/**
 * Adds a person and invites them. Unlike REST, which gives licences as far as they reach, a page is told at
 * once that there is no seat.
 * @throws ApiError as `createPerson` of people, and `people.unknown_license`, `people.no_seats`
 */
export async function createUser(
  world: World,
  decider: Decider,
  { email, roles = [], licenses = [], ...details }: UserDetails & { email: string },
): Promise<PersonRow> {
  licenseKeysOf(await loadLicenseIds(world.store.db, accessOrganizationId(decider)), licenses);
  const request = { ...details, emails: email, roles: roles.map(roleWireId), licenses: [...licenses] };
  return createPersonAs(world, decider, request, { emailField: 'email', checkSeats: refuseLackOfSeats });
}

function profileOf(before: PersonProfile, details: UserDetails): PersonProfile {
  const { firstName, lastName, title, department } = details;
  const given = { firstName, lastName, title, department, ...(firstName && { nickName: firstName }) };
  const merged = {
    ...before,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '')) as PersonProfile;
}

/**
 * Changes a person. Of two administrators who saw the same state the second is told so, and nothing is lost.
 * @throws ApiError `person.not_found`, `person.changed_meanwhile`, `person.last_admin`, `person.self_deactivation`,
 *   `auth.forbidden`, and what is wrong with an address or licence
 */
export async function changeUser(
  world: World,
  decider: Decider,
  id: Uuid,
  { version, ...change }: UserChange,
): Promise<PersonRow> {
  const ids = await loadLicenseIds(world.store.db, accessOrganizationId(decider));
  const wanted = change.licenses && licenseKeysOf(ids, change.licenses);
  return refusingKnownAddress(() =>
    world.store.tx(async (tx) => {
      const target = await lockPersonToChange(tx, id);
      const grantsRoles = change.roles !== undefined && !sameMembers(target.roles, change.roles);
      authorize(decider, changePerson, { target, grantsRoles, deactivates: change.loginEnabled === false });
      if (version !== target.last_modified.toISOString())
        throw new ApiError(administrationErrors['person.changed_meanwhile']);
      if (change.displayName === '') throw new ApiError(peopleErrors['person.nameless']);
      const licenses = wanted && (await takeSeats(tx.db, target.org_id, target.licenses, wanted));
      if (wanted && licenses) refuseLackOfSeats(wanted, licenses);
      const isNewAddress = change.email !== undefined && change.email !== target.email;
      return applyPersonChange(world, tx, decider, target, {
        displayName: change.displayName,
        email: isNewAddress ? checkedAddress(world, change.email!, 'email') : undefined,
        profile: profileOf(target.profile, change),
        roles: change.roles && [...new Set(change.roles)],
        licenses,
        loginEnabled: change.loginEnabled,
      });
    }),
  );
}

/** Sends an invitation again. @throws ApiError `person.not_found`, `person.not_pending` */
export async function inviteAgain(world: World, decider: Decider, id: Uuid): Promise<void> {
  await world.store.tx(async (tx) => {
    const target = await lockPersonToChange(tx, id);
    authorize(decider, changePerson, { target, grantsRoles: false });
    if (!target.invite_pending) throw new ApiError(administrationErrors['person.not_pending']);
    await inviteByMail(world, tx, decider, target);
  });
}
