import { defineErrors } from '@moothall/core';

/** Refusals about passwords. */
export const passwordErrors = defineErrors({
  'sign_in.throttled': {
    status: 429,
    message: 'Too many failed tries: try again after {seconds} seconds.',
    source: 'decided',
  },
  'sign_in.busy': {
    status: 503,
    message: 'Too many people are signing in at this moment: try again in a few seconds.',
    source: 'decided',
  },
});
