import { ApiError, type PairKey, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { assertBotMayJoin } from '../../apps/bot-policies/index.ts';
import { authorize, type Decider } from '../../authorize.ts';
import { type PersonReference, peopleErrors, resolvePerson } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import {
  type AccessedRoom,
  accessRoom,
  addMember,
  assertNotFull,
  type Cause,
  changeRoom,
  type MembershipData,
  type RoomFacts,
  roomErrors,
  setModerator,
} from '../room-access/index.ts';
import { addSomebody, join, listMembers, officerFirst, readMember } from './membership-actions.ts';
import { membershipErrors } from './memberships.errors.ts';
import {
  countMembers,
  findMembership,
  findMemberships,
  lockRoomFacts,
  type MembershipFilter,
} from './memberships.store.ts';

/** Which memberships somebody asks for. */
export type MembershipQuery = Pick<MembershipFilter, 'max' | 'after' | 'personEmail'> & {
  roomId?: Uuid | undefined;
  personId?: Uuid | undefined;
};

/** What a new membership is made of. */
export type NewMembership = PersonReference & {
  roomId?: Uuid | undefined;
  isModerator?: boolean | undefined;
};

/** Who causes an event: the caller. */
export function causeOf({ actor, trace }: Decider): Cause {
  return { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
}

/**
 * Memberships of a room, or the caller's own without one; an officer may ask for a person's in all rooms.
 * Of a moderated team room that the caller has not joined only the moderators are told (documented).
 * @throws ApiError `room.not_found`, `membership.room_required`
 */
export async function listMemberships(
  world: World,
  decider: Decider,
  query: MembershipQuery,
): Promise<MembershipData[]> {
  const { actor, capacities } = decider;
  const { roomId, personId, personEmail } = query;
  if (roomId !== undefined) {
    const { room, membership, capacity } = await accessRoom(
      world,
      officerFirst(decider),
      roomId,
      listMembers,
    );
    const onlyModerators = capacity === 'user' && !membership && room.isLocked;
    return findMemberships(world.store.db, { ...query, onlyModerators });
  }
  if (personId === undefined && personEmail === undefined)
    return findMemberships(world.store.db, { ...query, personId: actor.personId });
  if (!capacities.includes('compliance')) throw new ApiError(membershipErrors['membership.room_required']);
  return findMemberships(world.store.db, { ...query, concernsOrgId: actor.orgId });
}

/** A membership of a room that the caller may look into. @throws ApiError `membership.not_found` */
export async function showMembership(world: World, decider: Decider, key: PairKey): Promise<MembershipData> {
  const { room, membership, capacity } = await accessRoom(
    world,
    officerFirst(decider),
    key.second,
    readMember,
  );
  const data = await findMembership(world.store.db, key.second, key.first);
  const isConcealed = capacity === 'user' && !membership && room.isLocked && !data?.isModerator;
  if (!data || isConcealed) throw new ApiError(membershipErrors['membership.not_found']);
  return data;
}

function isOneself({ actor }: Decider, { personId, personEmail }: PersonReference): boolean {
  if (personId !== undefined) return personId === actor.personId;
  return personEmail?.toLowerCase() === actor.email.toLowerCase();
}

async function assertTakesPeople(
  world: World,
  tx: Tx,
  room: RoomFacts,
  { capacity }: AccessedRoom,
): Promise<void> {
  if (capacity === 'compliance' && room.teamId !== null) {
    const { members } = await countMembers(tx.db, room.id);
    if (members === 0) throw new ApiError(membershipErrors['membership.empty_team_room']);
  }
  await assertNotFull(world, tx.db, room.id);
}

/** Whoever makes a moderator in an unlocked room locks it and moderates it too (documented); a general room has its team's. */
export async function ensureModerated(world: World, tx: Tx, room: RoomFacts, cause: Cause): Promise<void> {
  if (room.isLocked || room.teamId === room.id) return;
  await changeRoom(world, tx, room.id, { is_locked: true }, cause);
  await setModerator(world, tx, room, { personId: cause.actorId as Uuid, isModerator: true, cause });
}

/**
 * Adds somebody to a room (F9 to F12). Newcomers may add themselves, as ordinary members; an unknown
 * address becomes a pending person.
 * @throws ApiError `membership.*`, `person.*`, `room.not_found`, `room.not_moderator`, `room.archived`, `room.full`,
 *   `bot.not_listed`, `apps.not_in_gov`
 */
export async function createMembership(
  world: World,
  caller: Decider,
  request: NewMembership,
): Promise<MembershipData> {
  const { roomId, isModerator = false } = request;
  if (roomId === undefined) throw new ApiError(membershipErrors['membership.room_null']);
  if (request.personId === undefined && request.personEmail === undefined)
    throw new ApiError(peopleErrors['person.not_specified']);
  const decider = officerFirst(caller);
  const action = isOneself(decider, request) && !isModerator ? join : addSomebody;
  const accessed = await accessRoom(world, decider, roomId, action);
  if (accessed.room.type === 'direct') throw new ApiError(membershipErrors['membership.direct_closed']);
  const cause = causeOf(decider);
  return world.store.tx(async (tx) => {
    const room = await lockRoomFacts(tx.db, roomId);
    if (!room) throw new ApiError(roomErrors['room.not_found']);
    authorize(decider, action, { ...accessed, room });
    const person = await resolvePerson(world, tx, request, cause, decider.actor.orgId);
    await assertBotMayJoin(world, tx.db, decider, person, [decider.actor.orgId, room.orgId]);
    if (await findMembership(tx.db, roomId, person.id))
      throw new ApiError(membershipErrors['membership.exists']);
    await assertTakesPeople(world, tx, room, accessed);
    if (isModerator) await ensureModerated(world, tx, room, cause);
    const data = await addMember(world, tx, room, person, { isModerator, cause });
    if (!data) throw new ApiError(membershipErrors['membership.exists']);
    return data;
  });
}
