import type { Actor, Capacity } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import {
  type Action,
  authorize,
  type Decider,
  isOfOrganization,
  type Policy,
  type Refusal,
} from '../../authorize.ts';
import type { World } from '../../world.ts';
import { isInTeam } from '../team-access/index.ts';
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
  /** Whether the caller, who is not in the room, is in the team that it belongs to. */
  isInTeam: boolean;
};

/** A room that the caller may act on, and in which capacity. */
export type AccessedRoom = RoomAccessFacts & { capacity: Capacity };

/** Relation: the caller is in the room. */
export function isMember(_actor: Actor, { membership }: RoomAccessFacts): Refusal {
  return membership ? undefined : 'the caller is not a member of the room';
}

/**
 * Relation: the caller is in the room, or may join it: as a member of its team (decided), or as somebody
 * of the owning organisation when it is public (documented: anyone of the organisation can find and join it).
 */
function isMemberOrNewcomer(actor: Actor, facts: RoomAccessFacts): Refusal {
  if (facts.membership || facts.isInTeam) return undefined;
  if (facts.room.isPublic && isOfOrganization(actor, facts.room.orgId)) return undefined;
  return 'the caller is neither a member of the room, nor of its team, nor is it public to them';
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

/** Policy: a room that a compliance officer made read-only takes nothing new. */
export const notReadOnly: Policy<RoomAccessFacts> = {
  name: 'not read-only',
  appliesTo: ['user'],
  refuses: (_actor, { room }) => (room.isReadOnly ? 'the room is read-only' : undefined),
  error: roomErrors['room.read_only'],
};

/** Who besides the members may do an action on rooms, and under which rules. */
export type RoomActionOptions = {
  /** Compliance officers of an organisation concerned may. */
  compliance?: boolean;
  /** Those who may join may, see {@link isMemberOrNewcomer}. */
  newcomers?: boolean;
  policies?: readonly Policy<RoomAccessFacts>[];
};

/** Declares an action on rooms: members may, and others where an option says so. */
export function roomAction(name: string, options: RoomActionOptions = {}): Action<RoomAccessFacts> {
  const user = options.newcomers ? isMemberOrNewcomer : isMember;
  return {
    name,
    relations: { user, ...(options.compliance && { compliance: isOfOfficersOrg }) },
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
  const mayBeInTeam = !membership && room.teamId !== null && decider.capacities.includes('user');
  const inTeam = mayBeInTeam && (await isInTeam(world, room.teamId!, decider.actor.personId));
  const facts = { room, membership, hasOrgMember, isInTeam: inTeam };
  return { capacity: authorize(decider, action, facts), ...facts };
}
