import { defineErrors } from '@moothall/core';

/** Refusals about guests. */
export const guestErrors = defineErrors({
  // One text whatever is wrong: nobody learns which issuers there are.
  'guest.refused': {
    status: 401,
    message:
      'The guest token was refused: sign it with HS256 and the base64-decoded secret of its issuer, give iss, sub (letters, digits, hyphens), name and exp, and send it in the Authorization request header before it expires.',
    source: 'decided',
  },
  'guest.disabled': {
    status: 403,
    message: 'subject: this guest was deactivated; choose another subject.',
    source: 'decided',
  },
});
