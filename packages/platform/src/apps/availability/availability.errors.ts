import { defineErrors } from '@moothall/core';

/** Refusals where apps are not to be had. */
export const availabilityErrors = defineErrors({
  'apps.not_in_gov': {
    status: 403,
    message: 'Bots, integrations and webhooks are not available in an organisation of the gov profile.',
    source: 'documented',
  },
});
