import { defineErrors } from '@moothall/core';

/** Refusals about memberships of teams. */
export const teamMembershipErrors = defineErrors({
  'team_membership.not_found': {
    status: 404,
    message: 'Could not find a team membership with provided ID.',
    source: 'decided',
  },
  'team_membership.exists': { status: 409, message: 'Person is already in the team.', source: 'decided' },
  'team_membership.team_required': {
    status: 400,
    message: "Required String parameter 'teamId' is not present",
    source: 'decided',
  },
  'team_membership.team_null': { status: 400, message: 'teamId cannot be null', source: 'decided' },
  'team_membership.nothing_to_change': {
    status: 400,
    message: 'isModerator: say whether the person is to moderate the team.',
    source: 'decided',
  },
  'team_membership.last_moderator': {
    status: 403,
    message: 'The last moderator of a team can neither leave nor step down: make another member one first.',
    source: 'documented',
  },
});
