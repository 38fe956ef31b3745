import type { Actor } from '@moothall/contract';
import type { Action, Decider, Policy, Refusal } from '../../authorize.ts';
import {
  isOfOfficersOrg,
  moderatorWhenLocked,
  notArchived,
  type RoomAccessFacts,
  roomAction,
  roomErrors,
} from '../room-access/index.ts';
import { membershipErrors } from './memberships.errors.ts';

/** An officer who is in the room keeps an officer's rights: that capacity is tried first. */
export function officerFirst(decider: Decider): Decider {
  const others = decider.capacities.filter((capacity) => capacity !== 'compliance');
  const isOfficer = others.length < decider.capacities.length;
  return { ...decider, capacities: isOfficer ? ['compliance', ...others] : others };
}

/** Members of a room's team may see who is in it before they join (documented for moderated rooms). */
function isMemberOrOfTeam(_actor: Actor, { membership, isInTeam }: RoomAccessFacts): Refusal {
  return membership || isInTeam ? undefined : 'the caller is neither in the room nor in its team';
}

/** To see who is in a room. */
export const listMembers: Action<RoomAccessFacts> = {
  name: 'memberships.list',
  relations: { user: isMemberOrOfTeam, compliance: isOfOfficersOrg },
  unrelated: roomErrors['room.not_found'],
};

/** To see one membership. */
export const readMember: Action<RoomAccessFacts> = {
  ...listMembers,
  name: 'memberships.read',
  unrelated: membershipErrors['membership.not_found'],
};

/** To put somebody into a room (F9, F12). */
export const addSomebody = roomAction('memberships.create', {
  compliance: true,
  policies: [notArchived, moderatorWhenLocked],
});

/** In a public room the lock keeps newcomers from changing it, not from coming (decided). */
const joinable: Policy<RoomAccessFacts> = {
  name: 'open to newcomers',
  appliesTo: ['user'],
  refuses: (_actor, { room, membership }) =>
    room.isLocked && !room.isPublic && !membership
      ? 'the room is locked: a moderator has to add the caller'
      : undefined,
  error: roomErrors['room.not_moderator'],
};

/** To put oneself into a room, which newcomers may. */
export const join = roomAction('memberships.join', {
  compliance: true,
  newcomers: true,
  policies: [notArchived, joinable],
});

function onMembership(action: Action<RoomAccessFacts>): Action<RoomAccessFacts> {
  return { ...action, unrelated: membershipErrors['membership.not_found'] };
}

const generalByModerators: Policy<RoomAccessFacts> = {
  name: 'general room by moderators of the team',
  appliesTo: ['user'],
  refuses: (_actor, { room, membership }) =>
    room.teamId === room.id && !membership?.isModerator
      ? "it is a team's general room and the caller is not a moderator"
      : undefined,
  error: roomErrors['room.not_moderator'],
};

/** To know of a membership before it is changed. */
export const touchMember = onMembership(roomAction('memberships.update', { compliance: true }));

/** To make somebody a moderator or an ordinary member. */
export const moderateMember = onMembership(
  roomAction('memberships.moderate', {
    compliance: true,
    policies: [notArchived, generalByModerators, moderatorWhenLocked],
  }),
);

/** To take oneself out of a room. */
export const leave = onMembership(roomAction('memberships.leave', { compliance: true }));

/** To take somebody else out of a room. */
export const removeSomebody = onMembership(
  roomAction('memberships.delete', {
    compliance: true,
    policies: [generalByModerators, moderatorWhenLocked],
  }),
);

/** To hide a room: everybody for themselves. */
export const hideRoom: Action<{ personId: string }> = {
  name: 'memberships.hide',
  relations: {
    user: (actor, { personId }) =>
      actor.personId === personId ? undefined : "it is not the caller's own membership",
  },
  unrelated: membershipErrors['membership.not_own'],
};
