import {
  emailText,
  flag,
  idText,
  listOf,
  messagingAccess,
  operation,
  pageSize,
  timeText,
  wirePair,
  wireUuid,
} from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { availabilityErrors } from '../../apps/availability/availability.errors.ts';
import { botPolicyErrors } from '../../apps/bot-policies/bot-policies.errors.ts';
import { peopleErrors } from '../../people/people/people.errors.ts';
import { roomErrors } from '../room-access/room-access.errors.ts';
import { membershipErrors } from './memberships.errors.ts';

const folder = 'packages/platform/src/messaging/memberships';
const testedBy = [`${folder}/memberships.test.ts`, `${folder}/change-membership.test.ts`];

/** A membership on the wire. */
export const membership = z.strictObject({
  id: idText,
  roomId: idText,
  roomType: z.enum(['group', 'direct']),
  personId: idText,
  personEmail: z.string(),
  personDisplayName: z.string(),
  personOrgId: idText,
  isModerator: z.boolean(),
  /** Deprecated, and always false (documented). */
  isMonitor: z.boolean(),
  isRoomHidden: z.boolean().optional(),
  created: timeText,
});

const params = z.object({ membershipId: wirePair('MEMBERSHIP') });
const personErrors = [
  peopleErrors['person.not_specified'],
  peopleErrors['person.ambiguous'],
  peopleErrors['person.not_found'],
  peopleErrors['person.email_not_found'],
  peopleErrors['person.email_refused'],
  peopleErrors['person.sandbox_full'],
];

/** Lists the caller's memberships or those of a room, the oldest first. */
export const listMemberships = operation({
  id: 'memberships.list',
  method: 'GET',
  path: '/memberships',
  summary: 'List memberships',
  access: messagingAccess('memberships_read'),
  query: z.object({
    roomId: wireUuid('ROOM').optional(),
    personId: wireUuid('PEOPLE').optional(),
    personEmail: emailText.optional(),
    max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
    cursor: z.string().optional(),
  }),
  response: listOf(membership),
  errors: [membershipErrors['membership.room_required'], roomErrors['room.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Adds somebody to a room, or the caller to one that they may join; an unknown address is invited. */
export const createMembership = operation({
  id: 'memberships.create',
  method: 'POST',
  path: '/memberships',
  summary: 'Create a membership',
  access: messagingAccess('memberships_write'),
  body: z.object({
    roomId: wireUuid('ROOM').optional(),
    personId: wireUuid('PEOPLE').optional(),
    personEmail: emailText.optional(),
    isModerator: flag.optional(),
  }),
  response: membership,
  errors: [
    ...personErrors,
    membershipErrors['membership.room_null'],
    membershipErrors['membership.exists'],
    membershipErrors['membership.direct_closed'],
    membershipErrors['membership.empty_team_room'],
    availabilityErrors['apps.not_in_gov'],
    botPolicyErrors['bot.not_listed'],
    roomErrors['room.not_found'],
    roomErrors['room.not_moderator'],
    roomErrors['room.archived'],
    roomErrors['room.full'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Shows a membership. */
export const getMembership = operation({
  id: 'memberships.get',
  method: 'GET',
  path: '/memberships/{membershipId}',
  summary: 'Get membership details',
  access: messagingAccess('memberships_read'),
  params,
  response: membership,
  errors: [membershipErrors['membership.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Makes somebody a moderator or an ordinary member, or hides a direct room for the caller. */
export const updateMembership = operation({
  id: 'memberships.update',
  method: 'PUT',
  path: '/memberships/{membershipId}',
  summary: 'Update a membership',
  access: messagingAccess('memberships_write'),
  params,
  body: z.object({ isModerator: flag.optional(), isRoomHidden: flag.optional() }),
  response: membership,
  errors: [
    membershipErrors['membership.nothing_to_change'],
    membershipErrors['membership.direct_unmoderated'],
    membershipErrors['membership.group_shown'],
    membershipErrors['membership.not_own'],
    membershipErrors['membership.last_moderator'],
    membershipErrors['membership.not_participant'],
    membershipErrors['membership.not_found'],
    roomErrors['room.not_moderator'],
    roomErrors['room.archived'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Takes the caller or somebody else out of a room. */
export const deleteMembership = operation({
  id: 'memberships.delete',
  method: 'DELETE',
  path: '/memberships/{membershipId}',
  summary: 'Delete a membership',
  access: messagingAccess('memberships_write'),
  params,
  errors: [
    membershipErrors['membership.direct_stays'],
    membershipErrors['membership.last_moderator'],
    membershipErrors['membership.not_participant'],
    membershipErrors['membership.not_found'],
    roomErrors['room.not_moderator'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});
