import { defineErrors } from '@moothall/core';

/** Refusals about sessions of our pages. */
export const sessionErrors = defineErrors({
  'session.site_not_entered': {
    status: 401,
    message: 'Sign in to {site} to go on.',
    source: 'decided',
  },
});
