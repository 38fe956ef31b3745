import type { RoleName } from '@moothall/contract';
import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { authorize, type Decider } from '../../authorize.ts';
import { refusingDuplicates } from '../../conflicts.ts';
import { loadLicenseIds, takeSeats } from '../../identity/licenses/index.ts';
import { accessOrganizationId } from '../../identity/organizations/index.ts';
import { roleOfWireId } from '../../identity/roles/index.ts';
import type { World } from '../../world.ts';
import { changePerson, grantRoles, removePerson } from './access-person.ts';
import { addPerson } from './add-person.ts';
import {
  applyPersonChange,
  auditPerson,
  causeOf,
  changeTime,
  emitPerson,
  sameMembers,
} from './apply-change.ts';
import { checkedEmail } from './email-address.ts';
import { assertAdministratorLeft } from './last-administrator.ts';
import { peopleErrors } from './people.errors.ts';
import { findPerson, lockPerson, updatePersonRow } from './people.store.ts';
import type { PersonProfile, PersonRow } from './people.table.ts';
import type { PersonDetails } from './person.contract.ts';
import { forgetPerson } from './person-facts.ts';
import { queueInvitation } from './queue-invitation.ts';
import { assertRoomForPerson } from './sandbox-room.ts';

/** A new person as an administrator describes them. */
export type NewPersonDetails = PersonDetails & { emails: string };

/** How a creation differs from REST's. */
export type CreationOptions = {
  /** How the request calls the address. */
  emailField?: string;
  /** Told which licences were wanted and for which there was a seat; what it throws ends the creation. */
  checkSeats?: (wanted: readonly string[], taken: readonly string[]) => void;
};

/** All details that a person is to have from now on. */
export type ReplacedDetails = PersonDetails & {
  emails?: string | undefined;
  loginEnabled?: boolean | undefined;
};

const PROFILE_KEYS = [
  'firstName',
  'lastName',
  'avatar',
  'department',
  'manager',
  'title',
  'locationId',
  'extension',
  'phoneNumbers',
  'addresses',
  'siteUrls',
] as const;

/** What administrators say, over what only the server sets. */
function profileOf(details: PersonDetails, before: PersonProfile): PersonProfile {
  const given = PROFILE_KEYS.flatMap((key) => (details[key] === undefined ? [] : [[key, details[key]]]));
  return {
    ...(before.sipAddresses && { sipAddresses: before.sipAddresses }),
    ...(before.timezone && { timezone: before.timezone }),
    ...(before.sharesPresence !== undefined && { sharesPresence: before.sharesPresence }),
    ...(Object.fromEntries(given) as PersonProfile),
    ...(details.managerId && { managerId: encodeWireId('PEOPLE', details.managerId) }),
    // The nickname follows the first name at each update (documented).
    ...(details.firstName && { nickName: details.firstName }),
  };
}

/** @throws ApiError `person.nameless` */
function displayNameOf({ displayName, firstName, lastName }: PersonDetails): string {
  const name = displayName || [firstName, lastName].filter(Boolean).join(' ');
  if (name) return name;
  throw new ApiError(peopleErrors['person.nameless']);
}

/**
 * An address that an administrator gives somebody.
 * @param field how the request calls it
 * @throws ApiError `person.email_refused`, `person.bot_address`
 */
export function checkedAddress(world: World, address: string, field = 'emails'): string {
  const email = checkedEmail(address, field);
  const domain = world.config.botDomain;
  if (email.toLowerCase().endsWith(`@${domain.toLowerCase()}`))
    throw new ApiError(peopleErrors['person.bot_address'], { parameters: { domain } });
  return email;
}

/** Ids that name no role are left out, as ids of licences are (documented for these). */
function rolesOf(wireIds: readonly string[] = []): RoleName[] {
  return [...new Set(wireIds.flatMap((text) => roleOfWireId(text) ?? []))];
}

/** Runs a write that may give somebody an address. @throws ApiError `person.exists` in place of the database's error */
export function refusingKnownAddress<T>(work: () => Promise<T>): Promise<T> {
  return refusingDuplicates('person_email', peopleErrors['person.exists'], work);
}

/** Puts an invitation into the outbox. */
export async function inviteByMail(
  world: World,
  tx: Tx,
  decider: Decider,
  { id, org_id, email }: Pick<PersonRow, 'id' | 'org_id' | 'email'>,
): Promise<void> {
  const invited = { personId: id as Uuid, orgId: org_id as Uuid, email };
  await queueInvitation(world, tx, invited, causeOf(decider));
}

/**
 * Creates a person in the administrator's organisation and invites them by mail.
 * @throws ApiError `person.nameless`, `person.email_refused`, `person.bot_address`, `person.exists`,
 *   `person.sandbox_full`, `organization.not_found`, `auth.forbidden` when a user administrator gives roles
 */
export async function createPerson(
  world: World,
  decider: Decider,
  details: NewPersonDetails,
  options: CreationOptions = {},
): Promise<PersonRow> {
  const orgId = accessOrganizationId(decider, details.orgId);
  const roles = rolesOf(details.roles);
  authorize(decider, grantRoles, { grantsRoles: roles.length > 0 });
  const displayName = displayNameOf(details);
  const email = checkedAddress(world, details.emails, options.emailField);
  const wanted = (await loadLicenseIds(world.store.db, orgId)).keysOf(details.licenses ?? []);
  const request = { orgId, email, displayName, roles, profile: profileOf(details, {}), invitePending: true };
  const cause = causeOf(decider);
  return refusingKnownAddress(() =>
    world.store.tx(async (tx) => {
      await assertRoomForPerson(world, tx, orgId);
      const licenses = await takeSeats(tx.db, orgId, [], wanted);
      options.checkSeats?.(wanted, licenses);
      const id = world.ids.uuid();
      const named = { id, org_id: orgId, display_name: displayName, email };
      auditPerson(tx, decider, named, 'USER_CREATED', `added ${displayName}`);
      await addPerson(world, tx, { ...request, id, licenses }, cause);
      await inviteByMail(world, tx, decider, named);
      return (await findPerson(tx.db, id))!;
    }),
  );
}

/** A person who is not deleted, locked until the transaction ends. @throws ApiError `person.not_found` */
export async function lockTarget(tx: Tx, id: Uuid): Promise<PersonRow> {
  const target = await lockPerson(tx.db, id);
  if (!target) throw new ApiError(peopleErrors['person.not_found']);
  return target;
}

/**
 * Replaces a person's details; e-mail address and login stay as they are where they are left out.
 * @throws ApiError as `createPerson`, and `person.not_found`
 */
export async function replacePerson(
  world: World,
  decider: Decider,
  id: Uuid,
  details: ReplacedDetails,
): Promise<PersonRow> {
  const orgId = accessOrganizationId(decider, details.orgId);
  const wanted = (await loadLicenseIds(world.store.db, orgId)).keysOf(details.licenses ?? []);
  const roles = rolesOf(details.roles);
  return refusingKnownAddress(() =>
    world.store.tx(async (tx) => {
      const target = await lockTarget(tx, id);
      const deactivates = details.loginEnabled === false;
      const grantsRoles = !sameMembers(target.roles, roles);
      authorize(decider, changePerson, { target, grantsRoles, deactivates });
      return applyPersonChange(world, tx, decider, target, {
        displayName: displayNameOf(details),
        // What somebody has already is theirs, by whatever rule they got it.
        email:
          details.emails === target.email
            ? undefined
            : details.emails && checkedAddress(world, details.emails),
        profile: profileOf(details, target.profile),
        roles,
        licenses: await takeSeats(tx.db, orgId, target.licenses, wanted),
        loginEnabled: details.loginEnabled,
      });
    }),
  );
}

/**
 * Deletes a person: their tokens stop and their memberships end before the reply; the row stays,
 * so that what they wrote keeps a name.
 * @throws ApiError `person.not_found`, `person.self_deletion`, `auth.forbidden`
 */
export async function deletePerson(world: World, decider: Decider, id: Uuid): Promise<void> {
  await world.store.tx(async (tx) => {
    const target = await lockTarget(tx, id);
    authorize(decider, removePerson, { target, grantsRoles: false });
    await assertAdministratorLeft(tx, target);
    const cause = causeOf(decider);
    auditPerson(tx, decider, target, 'USER_DELETED', `deleted ${target.display_name}`);
    for (const slice of world.resources) await slice.personDeleted?.(world, tx, id, cause);
    const lastModified = changeTime(world, target.last_modified);
    const row = await updatePersonRow(tx.db, id, {
      deleted_at: world.clock.now(),
      last_modified: lastModified,
    });
    emitPerson(tx, 'deleted', row, cause);
    tx.onCommit(() => forgetPerson(world, id));
  });
}
