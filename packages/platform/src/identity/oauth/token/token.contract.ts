import { z } from 'zod';
import { tokenErrors } from '../../tokens/tokens.errors.ts';
import { clientRefusals } from '../clients/clients.errors.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { clientFields, oauthOperations, oauthParameter } from '../oauth-fields.contract.ts';

/** The reply of the token endpoint; lifetimes in seconds. */
export const tokenReply = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  refresh_token: z.string(),
  refresh_token_expires_in: z.int(),
  scope: z.string(),
  id_token: z.string().optional(),
});

/** The form of a request for tokens; what it does not name is ignored (documented). */
export const tokenForm = z.object({
  grant_type: oauthParameter,
  code: oauthParameter,
  redirect_uri: oauthParameter,
  code_verifier: oauthParameter,
  refresh_token: oauthParameter,
  device_code: oauthParameter,
  scope: oauthParameter,
  ...clientFields,
});

/** Why tokens are not given. */
export const tokenRefusals = [
  ...clientRefusals,
  oauthErrors['oauth.client_not_allowed'],
  oauthErrors['oauth.grant_type_unsupported'],
  oauthErrors['oauth.grant_invalid'],
  oauthErrors['oauth.grant_mismatch'],
  oauthErrors['oauth.grant_over'],
  oauthErrors['oauth.scope_invalid'],
  oauthErrors['oauth.authorization_pending'],
  oauthErrors['oauth.slow_down'],
  oauthErrors['oauth.device_code_expired'],
  oauthErrors['oauth.device_declined'],
  tokenErrors['token.limit_reached'],
];

/** Gives tokens for a code or a refresh token. */
export const createTokens = oauthOperations(
  [
    { id: 'oauth.create_tokens', base: '/v1', path: '/access_token' },
    { id: 'oauth.create_tokens_idb', base: '/idb', path: '/oauth2/v1/access_token' },
  ],
  {
    method: 'POST',
    summary: 'Get an access token for a code or a refresh token',
    body: tokenForm,
    response: tokenReply,
    errors: tokenRefusals,
    source: 'documented',
    coverage: {
      status: 'done',
      testedBy: ['packages/platform/src/identity/oauth/token/token.test.ts'],
    },
  },
);
