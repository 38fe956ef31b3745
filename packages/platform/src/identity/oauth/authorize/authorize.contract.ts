import { z } from 'zod';
import { oauthErrors } from '../oauth.errors.ts';
import { oauthOperations, oauthParameter } from '../oauth-fields.contract.ts';

/** What an authorization request may say; what it does not name is ignored. */
export const authorizationQuery = z.object({
  client_id: oauthParameter,
  redirect_uri: oauthParameter,
  response_type: oauthParameter,
  response_mode: oauthParameter,
  scope: oauthParameter,
  state: oauthParameter,
  code_challenge: oauthParameter,
  code_challenge_method: oauthParameter,
  prompt: oauthParameter,
  max_age: oauthParameter,
  login_hint: oauthParameter,
  nonce: oauthParameter,
  /** Set by this server on the way to its page: when the request came, in milliseconds of the world's clock. */
  requested_at: oauthParameter,
});

/** Refusals that go to whoever sent the browser here, since nobody can be told through the redirect. */
export const targetRefusals = [
  oauthErrors['oauth.client_unknown'],
  oauthErrors['oauth.redirect_unregistered'],
  oauthErrors['oauth.redirect_missing'],
];

/** Sends a browser to the page where its person signs in and decides. */
export const authorize = oauthOperations(
  [
    { id: 'oauth.authorize', base: '/v1', path: '/authorize' },
    { id: 'oauth.authorize_idb', base: '/idb', path: '/oauth2/v1/authorize' },
  ],
  {
    method: 'GET',
    summary: 'Ask a person to authorise an integration',
    query: authorizationQuery,
    replies: 'redirect',
    errors: targetRefusals,
    source: 'documented',
    coverage: {
      status: 'done',
      testedBy: ['packages/platform/src/identity/oauth/authorize/authorize.test.ts'],
    },
  },
);
