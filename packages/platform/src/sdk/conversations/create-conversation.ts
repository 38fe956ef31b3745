import { ApiError, type Uuid } from '@moothall/core';
import { assertBotMayJoin } from '../../apps/bot-policies/index.ts';
import type { Decider } from '../../authorize.ts';
import { ensureDirectRoom } from '../../messaging/direct-rooms/index.ts';
import { addMember, assertNotFull, roomFactsOf } from '../../messaging/room-access/index.ts';
import { createRoom } from '../../messaging/rooms/index.ts';
import { findPersonFacts, type PersonFacts, peopleErrors, resolvePerson } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { adoptRoomKey, type RoomKey } from '../encryption-keys/index.ts';

/** A group room with all that it begins with. */
export type NewConversation = {
  title: string;
  /** Whom it begins with beside the caller. */
  memberIds: readonly Uuid[];
  /** A key of the caller, and the resource that it is bound to; one is made otherwise when it is asked for. */
  key?: RoomKey | undefined;
};

function causeOf({ actor, trace }: Decider) {
  return { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
}

/**
 * Creates a group room with its members and its key, all of it or nothing.
 * @throws ApiError `room.title_empty`, `room.full`, `person.not_found`, `bot.not_listed`, `apps.not_in_gov`,
 *   404 `kms.key_not_found`, `kms.resource_not_found` for a key that is not the caller's to give
 * @returns the id of the room
 */
export async function createConversation(
  world: World,
  decider: Decider,
  { title, memberIds, key }: NewConversation,
): Promise<Uuid> {
  const { actor } = decider;
  const cause = causeOf(decider);
  const others = new Set(memberIds.filter((id) => id !== actor.personId));
  const room = await createRoom(world, decider, { title }, async (tx, row) => {
    const facts = roomFactsOf(row);
    for (const personId of others) {
      const person = await resolvePerson(world, tx, { personId }, cause, actor.orgId);
      await assertBotMayJoin(world, tx.db, decider, person, [actor.orgId, facts.orgId]);
      await assertNotFull(world, tx.db, facts.id);
      await addMember(world, tx, facts, person, { isModerator: false, cause });
    }
    if (key) await adoptRoomKey(world, tx, { roomId: facts.id, creatorId: actor.personId, key }, cause);
  });
  return room.id as Uuid;
}

async function theOther(world: World, { actor }: Decider, personId: Uuid): Promise<PersonFacts> {
  const other = personId === actor.personId ? undefined : await findPersonFacts(world, personId);
  if (!other || other.deleted) throw new ApiError(peopleErrors['person.not_found']);
  return other;
}

/**
 * The direct room of the caller and somebody; it is made when there is none.
 * @throws ApiError `person.not_found`, `bot.not_listed`, `apps.not_in_gov`
 */
export async function openDirectConversation(world: World, decider: Decider, personId: Uuid): Promise<Uuid> {
  const { actor } = decider;
  const cause = causeOf(decider);
  const self = (await findPersonFacts(world, actor.personId))!;
  const known = await theOther(world, decider, personId);
  return world.store.tx(async (tx) => {
    const other = await resolvePerson(world, tx, { personId: known.id }, cause, actor.orgId);
    for (const person of [self, other])
      await assertBotMayJoin(world, tx.db, decider, person, [self.orgId, other.orgId]);
    return (await ensureDirectRoom(world, tx, self, other, cause)).id;
  });
}
