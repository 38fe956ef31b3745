import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { assertBotMayJoin } from '../../apps/bot-policies/index.ts';
import type { Decider } from '../../authorize.ts';
import {
  findPersonByEmail,
  findPersonFacts,
  type PersonFacts,
  type PersonReference,
  peopleErrors,
  resolvePerson,
} from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { directRoomId, ensureDirectRoom } from '../direct-rooms/index.ts';
import { type Cause, findMembershipFacts, findRoomFacts, type RoomFacts } from '../room-access/index.ts';
import type { MembershipTest } from './message-body.ts';
import { messageErrors } from './messages.errors.ts';

/** Where a message to a person goes: their room with the caller, or one that is still to be made. */
export type DirectTarget =
  | { kind: 'existing'; roomId: Uuid }
  | { kind: 'new'; sender: PersonFacts; who: PersonReference; isMember: MembershipTest };

/**
 * The person whom a request names, when there is one already.
 * @throws ApiError `person.not_found` for an id of nobody
 */
export async function findRecipient(world: World, who: PersonReference): Promise<PersonFacts | undefined> {
  if (who.personId === undefined) return findPersonByEmail(world, who.personEmail!);
  const person = await findPersonFacts(world, who.personId);
  if (!person || person.deleted) throw new ApiError(peopleErrors['person.not_found']);
  return person;
}

async function isComplete(world: World, roomId: Uuid, people: readonly Uuid[]): Promise<boolean> {
  if (!(await findRoomFacts(world, roomId))) return false;
  for (const personId of people) if (!(await findMembershipFacts(world, roomId, personId))) return false;
  return true;
}

/**
 * Finds where a message to a person goes.
 * @throws ApiError `message.to_self`, `person.not_found`
 */
export async function directTarget(
  world: World,
  { actor }: Decider,
  request: { toPersonId?: Uuid | undefined; toPersonEmail?: string | undefined },
): Promise<DirectTarget> {
  const who = { personId: request.toPersonId, personEmail: request.toPersonEmail };
  const other = await findRecipient(world, who);
  if (other?.id === actor.personId) throw new ApiError(messageErrors['message.to_self']);
  if (other) {
    const roomId = directRoomId(actor.personId, other.id);
    if (await isComplete(world, roomId, [actor.personId, other.id])) return { kind: 'existing', roomId };
  }
  const sender = await findPersonFacts(world, actor.personId);
  const isMember = (personId: Uuid) => personId === actor.personId || personId === other?.id;
  return { kind: 'new', sender: sender!, who, isMember };
}

/**
 * Makes the room of a new target; an unknown address becomes a pending person. Where one of the two is a
 * bot, the organisations of both must let it in.
 * @throws ApiError `message.to_self`, `person.*`, `bot.not_listed`, `apps.not_in_gov`
 */
export async function openDirectRoom(
  world: World,
  tx: Tx,
  decider: Decider,
  { sender, who }: Extract<DirectTarget, { kind: 'new' }>,
  cause: Cause,
): Promise<Pick<RoomFacts, 'id' | 'type' | 'orgId'>> {
  const other = await resolvePerson(world, tx, who, cause, sender.orgId);
  if (other.id === sender.id) throw new ApiError(messageErrors['message.to_self']);
  for (const person of [sender, other])
    await assertBotMayJoin(world, tx.db, decider, person, [sender.orgId, other.orgId]);
  return ensureDirectRoom(world, tx, sender, other, cause);
}
