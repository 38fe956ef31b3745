import { defineErrors } from '@moothall/core';

/** Refusals about one's own sessions. */
export const ownSessionErrors = defineErrors({
  'own_session.not_found': {
    status: 404,
    message: 'This session has ended already, or is not yours: reload the list.',
    source: 'decided',
  },
  'own_grant.not_found': {
    status: 404,
    message: 'You allow nothing to this app (any more): reload the list.',
    source: 'decided',
  },
});
