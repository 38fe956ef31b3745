import { defineErrors } from '@moothall/core';

/** Refusals at the door of our pages. */
export const signInErrors = defineErrors({
  'sign_in.refused': {
    status: 401,
    message: 'The e-mail address or the password is not right.',
    source: 'decided',
  },
  'sign_in.not_an_administrator': {
    status: 403,
    message:
      'The hub is for administrators: you have no administrator role. Ask a full administrator for one.',
    source: 'decided',
  },
});
