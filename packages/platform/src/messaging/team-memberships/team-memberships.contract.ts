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
import { teamErrors } from '../team-access/team-access.errors.ts';
import { teamMembershipErrors } from './team-memberships.errors.ts';

const testedBy = ['packages/platform/src/messaging/team-memberships/team-memberships.test.ts'];

/** A membership of a team on the wire. */
export const teamMembership = z.strictObject({
  id: idText,
  teamId: idText,
  personId: idText,
  personEmail: z.string(),
  personDisplayName: z.string(),
  personOrgId: idText,
  isModerator: z.boolean(),
  created: timeText,
});

const params = z.object({ membershipId: wirePair('TEAM_MEMBERSHIP') });

/** Lists who is in a team, the first to join first. */
export const listTeamMemberships = operation({
  id: 'team-memberships.list',
  method: 'GET',
  path: '/team/memberships',
  summary: 'List team memberships',
  access: messagingAccess('team_memberships_read'),
  query: z.object({
    teamId: wireUuid('TEAM').optional(),
    max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
    cursor: z.string().optional(),
  }),
  response: listOf(teamMembership),
  errors: [teamMembershipErrors['team_membership.team_required'], teamErrors['team.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Puts somebody into a team and its general room; moderators and compliance officers only (decided). */
export const createTeamMembership = operation({
  id: 'team-memberships.create',
  method: 'POST',
  path: '/team/memberships',
  summary: 'Create a team membership',
  access: messagingAccess('team_memberships_write'),
  body: z.object({
    teamId: wireUuid('TEAM').optional(),
    personId: wireUuid('PEOPLE').optional(),
    personEmail: emailText.optional(),
    isModerator: flag.optional(),
  }),
  response: teamMembership,
  errors: [
    teamMembershipErrors['team_membership.team_null'],
    teamMembershipErrors['team_membership.exists'],
    availabilityErrors['apps.not_in_gov'],
    botPolicyErrors['bot.not_listed'],
    teamErrors['team.not_moderator'],
    teamErrors['team.not_found'],
    peopleErrors['person.not_specified'],
    peopleErrors['person.ambiguous'],
    peopleErrors['person.not_found'],
    peopleErrors['person.email_not_found'],
    peopleErrors['person.email_refused'],
    peopleErrors['person.sandbox_full'],
    roomErrors['room.full'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Shows a membership of a team. */
export const getTeamMembership = operation({
  id: 'team-memberships.get',
  method: 'GET',
  path: '/team/memberships/{membershipId}',
  summary: 'Get team membership details',
  access: messagingAccess('team_memberships_read'),
  params,
  response: teamMembership,
  errors: [teamMembershipErrors['team_membership.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Makes a member a moderator or an ordinary member again; moderators and compliance officers only (decided). */
export const updateTeamMembership = operation({
  id: 'team-memberships.update',
  method: 'PUT',
  path: '/team/memberships/{membershipId}',
  summary: 'Update a team membership',
  access: messagingAccess('team_memberships_write'),
  params,
  body: z.object({ isModerator: flag.optional() }),
  response: teamMembership,
  errors: [
    teamMembershipErrors['team_membership.nothing_to_change'],
    teamMembershipErrors['team_membership.last_moderator'],
    teamMembershipErrors['team_membership.not_found'],
    teamErrors['team.not_moderator'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Takes somebody out of a team and its rooms: oneself, or others as a moderator or compliance officer. */
export const deleteTeamMembership = operation({
  id: 'team-memberships.delete',
  method: 'DELETE',
  path: '/team/memberships/{membershipId}',
  summary: 'Delete a team membership',
  access: messagingAccess('team_memberships_write'),
  params,
  errors: [
    teamMembershipErrors['team_membership.last_moderator'],
    teamMembershipErrors['team_membership.not_found'],
    teamErrors['team.not_moderator'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});
