import { defineErrors } from '@moothall/core';

/** Refusals about tokens. */
export const tokenErrors = defineErrors({
  'token.limit_reached': {
    status: 400,
    message: 'tokenlimit_reached',
    description:
      'tokenlimit_reached: the account has {limit} active access tokens; end sessions or wait until some expire.',
    oauthError: 'tokenlimit_reached',
    source: 'documented',
  },
  'token.already_exists': { status: 409, message: 'This token exists already.', source: 'decided' },
});
