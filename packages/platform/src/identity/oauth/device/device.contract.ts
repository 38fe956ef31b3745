import { operation, pageAccess } from '@moothall/contract';
import { z } from 'zod';
import { authorizationRequestBody } from '../consent/consent.contract.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { oauthParameter } from '../oauth-fields.contract.ts';
import { tokenForm, tokenRefusals, tokenReply } from '../token/token.contract.ts';

const coverage = {
  status: 'done',
  testedBy: ['packages/platform/src/identity/oauth/device/device.test.ts'],
} as const;

/** Begins the grant of a device that has no browser; in `cloud` only. Times in seconds. */
export const authorizeDevice = operation({
  id: 'oauth.authorize_device',
  method: 'POST',
  path: '/device/authorize',
  plane: 'oauth',
  summary: 'Begin to authorise a device without a browser',
  body: z.object({ client_id: oauthParameter, scope: oauthParameter }),
  response: z.strictObject({
    device_code: z.string(),
    user_code: z.string(),
    verification_uri: z.string(),
    verification_uri_complete: z.string(),
    expires_in: z.int(),
    interval: z.int(),
  }),
  errors: [
    oauthErrors['oauth.cloud_only'],
    oauthErrors['oauth.client_unknown'],
    oauthErrors['oauth.scope_invalid'],
  ],
  source: 'documented',
  coverage,
});

/** Gives tokens for a device code; it takes the other grants of the token endpoint too. */
export const createDeviceTokens = operation({
  id: 'oauth.create_device_tokens',
  method: 'POST',
  path: '/device/token',
  plane: 'oauth',
  summary: 'Get an access token for a device code',
  body: tokenForm,
  response: tokenReply,
  errors: tokenRefusals,
  source: 'documented',
  coverage,
});

const userCode = z.string().min(1).max(32);

/** What a device asks for, by the code that it shows. */
export const getDeviceRequest = operation({
  id: 'oauth.show_device',
  method: 'GET',
  base: '/idb/api',
  path: '/device-authorizations',
  plane: 'page',
  summary: 'Show what a device asks for',
  access: pageAccess('account'),
  query: z.object({ userCode }),
  response: authorizationRequestBody.pick({
    client: true,
    scopes: true,
    isFirstConsent: true,
    barrier: true,
    lackingRoles: true,
  }),
  errors: [oauthErrors['oauth.user_code_unknown']],
  source: 'decided',
  coverage,
});

/** Answers a device for the person who is signed in. */
export const decideDeviceRequest = operation({
  id: 'oauth.decide_device',
  method: 'POST',
  base: '/idb/api',
  path: '/device-authorizations/decision',
  plane: 'page',
  summary: 'Agree to what a device asks for, or decline',
  access: pageAccess('account'),
  body: z.object({ userCode, approved: z.boolean() }),
  errors: [
    oauthErrors['oauth.user_code_unknown'],
    oauthErrors['oauth.gov'],
    oauthErrors['oauth.blocked'],
    oauthErrors['oauth.role_missing'],
  ],
  source: 'decided',
  coverage,
});
