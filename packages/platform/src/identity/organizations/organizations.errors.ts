import { defineErrors } from '@moothall/core';

/** Refusals about organisations. */
export const organizationErrors = defineErrors({
  'organization.not_found': {
    status: 404,
    message: 'Could not find an organization with provided ID.',
    source: 'decided',
  },
});
