import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { findOrganizationIdByDomain } from '../../identity/organizations/index.ts';
import type { World } from '../../world.ts';
import { insertPersonOnce, type PersonCause } from './add-person.ts';
import { checkedEmail } from './email-address.ts';
import { GUEST_DOMAIN } from './guest-addresses.ts';
import { areApart } from './isolation.ts';
import { peopleErrors } from './people.errors.ts';
import { findPerson, holdPerson, holdPersonByEmail } from './people.store.ts';
import { type PersonFacts, personFactsOf } from './person-facts.ts';
import { queueInvitation } from './queue-invitation.ts';
import { assertRoomForPerson } from './sandbox-room.ts';

/** How a request names a person: by one of the two, or by both where they agree (F11). */
export type PersonReference = { personId?: Uuid | undefined; personEmail?: string | undefined };

async function byId(tx: Tx, { personId, personEmail }: PersonReference): Promise<PersonFacts> {
  const person = await holdPerson(tx.db, personId!);
  if (!person || person.deleted_at) throw new ApiError(peopleErrors['person.not_found']);
  if (personEmail !== undefined && person.email.toLowerCase() !== personEmail.toLowerCase())
    throw new ApiError(peopleErrors['person.ambiguous']);
  return personFactsOf(person);
}

async function byEmail(tx: Tx, email: string): Promise<PersonFacts | undefined> {
  const person = await holdPersonByEmail(tx.db, email);
  return person && personFactsOf(person);
}

/** Guests invite nobody (decided): whoever embeds them could have mail sent to anyone. */
async function isGuest(tx: Tx, personId: string | undefined): Promise<boolean> {
  return personId !== undefined && (await findPerson(tx.db, personId))?.type === 'appuser';
}

/** Stores somebody who was invited by address only, in the organisation that has the address' domain (decided). */
async function invite(
  world: World,
  tx: Tx,
  address: string,
  cause: PersonCause,
  inviterOrgId: Uuid,
): Promise<PersonFacts> {
  const email = checkedEmail(address, 'personEmail');
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  // A bot or guest exists or does not: nobody can accept an invitation for it.
  const isOfApps = domain === world.config.botDomain.toLowerCase() || domain === GUEST_DOMAIN;
  if (isOfApps || (await isGuest(tx, cause.actorId)))
    throw new ApiError(peopleErrors['person.email_not_found'], { parameters: { email } });
  const orgId = (await findOrganizationIdByDomain(tx.db, domain)) ?? inviterOrgId;
  if (await areApart(world, orgId, inviterOrgId, tx.db))
    throw new ApiError(peopleErrors['person.email_not_found'], { parameters: { email } });
  await assertRoomForPerson(world, tx, orgId);
  const request = { orgId, email, displayName: email, invitePending: true };
  const id = await insertPersonOnce(world, tx, request, cause);
  if (id !== undefined) await queueInvitation(world, tx, { personId: id, orgId, email }, cause);
  const person = await holdPersonByEmail(tx.db, email);
  // Absent only when somebody deleted them in between.
  if (!person) throw new ApiError(peopleErrors['person.email_not_found'], { parameters: { email } });
  return personFactsOf(person);
}

/**
 * The person whom a request names. An unknown address becomes a pending person, with
 * `people:created` and an invitation in the outbox; of two requests at once one makes them (F10).
 * Reads through the transaction, so that it sees what this one wrote and asks for no second connection.
 * @param inviterOrgId organisation of a new person whose address' domain no organisation has
 * @throws ApiError `person.not_specified`, `person.ambiguous`, `person.not_found`, `person.email_not_found`,
 *   `person.email_refused`, `person.sandbox_full`
 */
export async function resolvePerson(
  world: World,
  tx: Tx,
  who: PersonReference,
  cause: PersonCause,
  inviterOrgId: Uuid,
): Promise<PersonFacts> {
  const { personId, personEmail: email } = who;
  if (personId === undefined && email === undefined) throw new ApiError(peopleErrors['person.not_specified']);
  const known = personId === undefined ? await byEmail(tx, email!) : await byId(tx, who);
  if (!known) return invite(world, tx, email!, cause, inviterOrgId);
  if (!(await areApart(world, known.orgId, inviterOrgId, tx.db))) return known;
  if (personId !== undefined) throw new ApiError(peopleErrors['person.not_found']);
  throw new ApiError(peopleErrors['person.email_not_found'], { parameters: { email: email! } });
}
