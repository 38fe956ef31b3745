import { defineErrors } from '@moothall/core';

/** Refusals about developer sandboxes. */
export const sandboxErrors = defineErrors({
  'sandbox.not_found': { status: 404, message: 'You have no sandbox with this id.', source: 'decided' },
  'sandbox.terms': {
    status: 400,
    message: 'termsVersion: read the terms and accept version {version} of them.',
    source: 'decided',
  },
  'sandbox.inside_one': {
    status: 400,
    message: 'This account belongs to a sandbox already: use it, or sign in with another account.',
    source: 'decided',
  },
});
