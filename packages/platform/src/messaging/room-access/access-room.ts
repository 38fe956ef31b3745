import type { Actor, Capacity } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import { type Action, authorize, type Decider, type Policy, type Refusal } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { roomErrors } from './room-access.errors.ts';
import {
  findMembershipFacts,
  findRoomFacts,
  hasMemberOfOrg,
  type MembershipFacts,
  type RoomFacts,
} from './room-facts.ts';

/** What a decision about a room turns on. */
export type RoomAccessFacts = {
  room: RoomFacts;
  /** The caller's own membership; absent for who is not in the room. */
  membership: MembershipFacts | undefined;
  /** Whether somebody of the caller's organisation is in the room; known in the compliance capacity only. */
  hasOrgMember: boolean;
};

/** A room that the caller may act on, and in which capacity. */
export type AccessedRoom = RoomAccessFacts & { capacity: Capacity };

/** Relation: the caller is in the room. */
export function isMember(_actor: Actor, { membership }: RoomAccessFacts): Refusal {
  return membership ? undefined : 'the caller is not a member of the room';
}

/** Relation: the room belongs to the officer's organisation, or people of it are in it (documented: compliance guide). */
export function isOfOfficersOrg(actor: Actor, { room, hasOrgMember }: RoomAccessFacts): Refusal {
  if (room.orgId === actor.orgId || hasOrgMember) return undefined;
  return "neither the room nor a member of it belongs to the officer's organisation";
}

/** Policy: in a locked room only moderators may. */
export const moderatorWhenLocked: Policy<RoomAccessFacts> = {
  name: 'moderator when locked',
  appliesTo: ['user'],
  refuses: (_actor, { room, membership }) =>
    room.isLocked && !membership?.isModerator
      ? 'the room is locked and the caller is not a moderator'
      : undefined,
  error: roomErrors['room.not_moderator'],
};

/** Policy: an archived room takes nothing new. */
export const notArchived: Policy<RoomAccessFacts> = {
  name: 'not archived',
  appliesTo: ['user'],
  refuses: (_actor, { room }) => (room.archived ? 'the room is archived' : undefined),
  error: roomErrors['room.archived'],
};

/** Declares an action on rooms: members may, and compliance officers where `compliance` is set. */
export function roomAction(
  name: string,
  options: { compliance?: boolean; policies?: readonly Policy<RoomAccessFacts>[] } = {},
): Action<RoomAccessFacts> {
  return {
    name,
    relations: { user: isMember, ...(options.compliance && { compliance: isOfOfficersOrg }) },
    unrelated: roomErrors['room.not_found'],
    ...(options.policies && { policies: options.policies }),
  };
}

/**
 * Loads a room for somebody who wants to do `action` with it: the only way to get one.
 * @throws ApiError `room.not_found` when there is none or the caller may not know of it, or a policy's error
 */
export async function accessRoom(
  world: World,
  decider: Decider,
  roomId: Uuid,
  action: Action<RoomAccessFacts>,
): Promise<AccessedRoom> {
  const room = await findRoomFacts(world, roomId);
  if (!room) {
    decider.trace.steps.push({
      check: 'relation',
      passed: false,
      detail: `${action.name}: there is no such room`,
    });
    throw new ApiError(action.unrelated);
  }
  const membership = await findMembershipFacts(world, roomId, decider.actor.personId);
  const asOfficer = decider.capacities.includes('compliance');
  const hasOrgMember = asOfficer && (await hasMemberOfOrg(world, roomId, decider.actor.orgId));
  const facts = { room, membership, hasOrgMember };
  return { ...facts, capacity: authorize(decider, action, facts) };
}
