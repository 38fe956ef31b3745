import { defineErrors } from '@moothall/core';

/** Refusals of links that sign in. */
export const signInLinkErrors = defineErrors({
  'sign_in_link.invalid': {
    status: 410,
    message: 'This link was used before, has expired or is none of ours: ask for a new one.',
    source: 'decided',
  },
});
