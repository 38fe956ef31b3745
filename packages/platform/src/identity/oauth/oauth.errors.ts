import { defineErrors } from '@moothall/core';

/** What the token endpoint says of each refusal beside its own words (documented). */
const MALFORMED = 'The request could not be understood by the server due to malformed syntax.';

/** Refusals of OAuth: codes of RFC 6749 and its family in the union form of this platform. */
export const oauthErrors = defineErrors({
  'oauth.client_invalid': {
    status: 400,
    message: MALFORMED,
    description: 'Client Id is invalid: client_id and client_secret must be those of an integration.',
    oauthError: 'invalid_client',
    source: 'documented',
  },
  'oauth.client_unauthorized': {
    status: 401,
    message: MALFORMED,
    description: 'Client Id is invalid: the Basic credentials must be those of an integration.',
    oauthError: 'invalid_client',
    source: 'documented',
  },
  'oauth.client_unknown': {
    status: 400,
    message: MALFORMED,
    description: 'client_id: there is no such integration; copy the client ID from the developer portal.',
    oauthError: 'invalid_client',
    source: 'decided',
  },
  'oauth.client_not_allowed': {
    status: 400,
    message: MALFORMED,
    description: '{what}: this client may not do that.',
    oauthError: 'unauthorized_client',
    source: 'decided',
  },
  'oauth.redirect_unregistered': {
    status: 400,
    message: MALFORMED,
    description:
      'redirect_uri: it must equal, letter by letter, a redirect URI that is registered for the integration.',
    oauthError: 'invalid_request',
    source: 'documented',
  },
  'oauth.redirect_missing': {
    status: 400,
    message: MALFORMED,
    description: 'redirect_uri: give one, since the integration has not exactly one registered.',
    oauthError: 'invalid_request',
    source: 'documented',
  },
  'oauth.invalid_request': {
    status: 400,
    message: MALFORMED,
    description: '{field}: {remedy}',
    oauthError: 'invalid_request',
    source: 'documented',
  },
  'oauth.response_type_unsupported': {
    status: 400,
    message: MALFORMED,
    description: 'response_type: only {supported} is supported.',
    oauthError: 'unsupported_response_type',
    source: 'documented',
  },
  'oauth.scope_invalid': {
    status: 400,
    message: MALFORMED,
    description: 'scope: {reason}',
    oauthError: 'invalid_scope',
    source: 'documented',
  },
  'oauth.grant_type_unsupported': {
    status: 400,
    message: MALFORMED,
    description: 'grant_type: only {supported} are supported.',
    oauthError: 'unsupported_grant_type',
    source: 'documented',
  },
  'oauth.grant_invalid': {
    status: 400,
    message: MALFORMED,
    description: '{field}: it is unknown, expired, used, revoked, or was given to another client.',
    oauthError: 'invalid_grant',
    source: 'documented',
  },
  'oauth.grant_mismatch': {
    status: 400,
    message: MALFORMED,
    description: '{field}: it does not match the request that the code was given for.',
    oauthError: 'invalid_grant',
    source: 'documented',
  },
  'oauth.grant_over': {
    status: 400,
    message: MALFORMED,
    description: 'The person can no longer use this integration: {reason}.',
    oauthError: 'invalid_grant',
    source: 'decided',
  },
  'oauth.login_required': {
    status: 400,
    message: MALFORMED,
    description: 'prompt: nobody is signed in, or not recently enough; ask again without prompt=none.',
    oauthError: 'login_required',
    source: 'documented',
  },
  'oauth.consent_required': {
    status: 400,
    message: MALFORMED,
    description: 'prompt: the person has not agreed to these scopes; ask again without prompt=none.',
    oauthError: 'consent_required',
    source: 'documented',
  },
  'oauth.declined': {
    status: 403,
    message: 'The person declined.',
    oauthError: 'access_denied',
    source: 'documented',
  },
  'oauth.sign_in_again': {
    status: 403,
    message: 'The integration asks that you sign in again before you decide.',
    oauthError: 'login_required',
    source: 'decided',
  },
  'oauth.goto_unknown': {
    status: 400,
    message: MALFORMED,
    description: 'goto: give an address of this server, or one that is registered as a redirect URI.',
    oauthError: 'invalid_request',
    source: 'decided',
  },
  'oauth.gov': {
    status: 403,
    message: 'Integrations are not available in your organisation (government profile).',
    oauthError: 'access_denied',
    source: 'documented',
  },
  'oauth.blocked': {
    status: 403,
    message: 'Your administrator denied access to this integration: ask them to allow it.',
    oauthError: 'access_denied',
    source: 'documented',
  },
  'oauth.role_missing': {
    status: 403,
    message:
      'The integration asks for scopes of administrators that your roles do not cover: sign in as somebody with the role that the page names.',
    oauthError: 'access_denied',
    source: 'decided',
  },
});
