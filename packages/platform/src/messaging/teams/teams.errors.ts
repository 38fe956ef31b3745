import { defineErrors } from '@moothall/core';

/** Refusals when teams are written. */
export const teamWriteErrors = defineErrors({
  'team.name_empty': { status: 400, message: 'Name cannot be empty.', source: 'decided' },
  'team.nothing_to_change': {
    status: 400,
    message: 'The body names nothing to change: give name, description or both.',
    source: 'decided',
  },
});
