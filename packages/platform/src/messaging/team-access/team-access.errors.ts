import { defineErrors } from '@moothall/core';

/** Refusals about teams as such. */
export const teamErrors = defineErrors({
  'team.not_found': {
    status: 404,
    message: 'Could not find a team with provided ID.',
    source: 'decided',
  },
  'team.not_moderator': {
    status: 403,
    message: 'Only a moderator of the team may do this: ask one of them.',
    source: 'decided',
  },
});
