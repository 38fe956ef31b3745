import type { RoleName } from '@moothall/contract';
import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { authorize, type Decider } from '../../authorize.ts';
import { refusingDuplicates } from '../../conflicts.ts';
import { loadLicenseIds } from '../../identity/licenses/index.ts';
import { accessOrganizationId } from '../../identity/organizations/index.ts';
import { roleOfWireId } from '../../identity/roles/index.ts';
import { queueMail } from '../../operations/mail/index.ts';
import type { World } from '../../world.ts';
import { changePerson, grantRoles, removePerson } from './access-person.ts';
import { addPerson, type PersonCause } from './add-person.ts';
import { peopleErrors } from './people.errors.ts';
import { findPerson, lockPerson, updatePersonRow } from './people.store.ts';
import type { PersonProfile, PersonRow } from './people.table.ts';
import type { PersonDetails } from './person.contract.ts';
import { forgetPerson } from './person-facts.ts';

/** A new person as an administrator describes them. */
export type NewPersonDetails = PersonDetails & { emails: string };

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

/** @throws ApiError `person.bot_address` */
function checkAddress(world: World, email: string | undefined): void {
  const domain = world.config.botDomain;
  if (email?.toLowerCase().endsWith(`@${domain.toLowerCase()}`))
    throw new ApiError(peopleErrors['person.bot_address'], { parameters: { domain } });
}

/** Ids that name no role are left out, as ids of licences are (documented for these). */
function rolesOf(wireIds: readonly string[] = []): RoleName[] {
  return [...new Set(wireIds.flatMap((text) => roleOfWireId(text) ?? []))];
}

function causeOf({ actor, trace }: Decider): PersonCause & { actorId: string } {
  return { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
}

function refusingKnownAddress<T>(work: () => Promise<T>): Promise<T> {
  return refusingDuplicates('person_email', peopleErrors['person.exists'], work);
}

/**
 * Creates a person in the administrator's organisation and invites them by mail.
 * @throws ApiError `person.nameless`, `person.bot_address`, `person.exists`, `organization.not_found`,
 *   `auth.forbidden` when a user administrator gives roles
 */
export async function createPerson(
  world: World,
  decider: Decider,
  details: NewPersonDetails,
): Promise<PersonRow> {
  const orgId = accessOrganizationId(decider, details.orgId);
  const roles = rolesOf(details.roles);
  authorize(decider, grantRoles, { grantsRoles: roles.length > 0 });
  const displayName = displayNameOf(details);
  const email = details.emails;
  checkAddress(world, email);
  const licenses = (await loadLicenseIds(world.store.db, orgId)).keysOf(details.licenses ?? []);
  const request = { orgId, email, displayName, roles, licenses, profile: profileOf(details, {}) };
  const cause = causeOf(decider);
  return refusingKnownAddress(() =>
    world.store.tx(async (tx) => {
      const personId = await addPerson(world, tx, { ...request, invitePending: true }, cause);
      const data = { personId, invitedBy: cause.actorId };
      await queueMail(world, tx, { ...cause, kind: 'invitation', toEmail: email, data, orgId });
      return (await findPerson(tx.db, personId))!;
    }),
  );
}

function emitPerson(tx: Tx, event: 'updated' | 'deleted', row: PersonRow, cause: PersonCause): void {
  const data = { id: row.id, type: row.type, email: row.email, displayName: row.display_name };
  tx.emit({ ...cause, orgId: row.org_id, resource: 'people', event, dataId: row.id, data });
}

function sameRoles(one: readonly RoleName[], other: readonly RoleName[]): boolean {
  return one.length === other.length && one.every((role) => other.includes(role));
}

/** @throws ApiError `person.not_found` */
async function lockTarget(tx: Tx, id: Uuid): Promise<PersonRow> {
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
  const licenses = (await loadLicenseIds(world.store.db, orgId)).keysOf(details.licenses ?? []);
  const roles = rolesOf(details.roles);
  return refusingKnownAddress(() =>
    world.store.tx(async (tx) => {
      const target = await lockTarget(tx, id);
      authorize(decider, changePerson, { target, grantsRoles: !sameRoles(target.roles, roles) });
      checkAddress(world, details.emails);
      const row = await updatePersonRow(tx.db, id, {
        display_name: displayNameOf(details),
        email: details.emails ?? target.email,
        profile: JSON.stringify(profileOf(details, target.profile)),
        roles,
        licenses,
        login_enabled: details.loginEnabled ?? target.login_enabled,
        last_modified: world.clock.now(),
      });
      emitPerson(tx, 'updated', row, causeOf(decider));
      tx.onCommit(() => forgetPerson(world, id));
      return row;
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
    const cause = causeOf(decider);
    for (const slice of world.resources) await slice.personDeleted?.(world, tx, id, cause);
    const now = world.clock.now();
    const row = await updatePersonRow(tx.db, id, { deleted_at: now, last_modified: now });
    emitPerson(tx, 'deleted', row, cause);
    tx.onCommit(() => forgetPerson(world, id));
  });
}
