import { defineErrors } from '@moothall/core';

/** Refusals about licences. */
export const licenseErrors = defineErrors({
  'license.not_found': {
    status: 404,
    message: 'Could not find a license with provided ID.',
    source: 'decided',
  },
});
