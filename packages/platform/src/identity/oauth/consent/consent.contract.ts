import { operation, pageAccess } from '@moothall/contract';
import { z } from 'zod';
import { tokenErrors } from '../../tokens/tokens.errors.ts';
import { authorizationQuery, targetRefusals } from '../authorize/authorize.contract.ts';
import { oauthErrors } from '../oauth.errors.ts';

const coverage = {
  status: 'done',
  testedBy: ['packages/platform/src/identity/oauth/consent/consent.test.ts'],
} as const;

/** What may be wrong with a request that reached the page. */
const requestRefusals = [
  ...targetRefusals,
  oauthErrors['oauth.invalid_request'],
  oauthErrors['oauth.response_type_unsupported'],
  oauthErrors['oauth.scope_invalid'],
];

const scopeItem = z.strictObject({
  scope: z.string(),
  area: z.string(),
  text: z.string(),
  /** The last consent did not have it (F60); never so at the first consent. */
  isNew: z.boolean(),
});

/** What the consent page shows. */
export const authorizationRequestBody = z.strictObject({
  client: z.strictObject({
    clientId: z.string(),
    name: z.string(),
    description: z.string().optional(),
    iconName: z.string(),
    /** Path of an uploaded icon. */
    iconPath: z.string().optional(),
    /** The organisation that owns it; absent where that is gone. */
    organizationName: z.string().optional(),
  }),
  /** Where the browser goes next: the host, or the scheme of an app on the device. */
  redirectHost: z.string(),
  scopes: z.array(scopeItem),
  isFirstConsent: z.boolean(),
  prompts: z.array(z.enum(['none', 'login', 'consent', 'select_account'])),
  loginHint: z.string().optional(),
  /** The integration asks for a sign-in after its request: send the person to sign in before they decide. */
  mustSignIn: z.boolean(),
  /** Why the person cannot agree: no integrations in the organisation, or this one denied. */
  barrier: z.enum(['gov', 'blocked']).optional(),
  /** Scopes that none of the person's roles cover, each with roles that would. */
  lackingRoles: z.array(z.strictObject({ scope: z.string(), roles: z.array(z.string()) })),
});

/** What the consent page shows of a request, by the query that the browser came with. */
export const getAuthorizationRequest = operation({
  id: 'oauth.show_request',
  method: 'GET',
  base: '/idb/api',
  path: '/authorization-requests',
  plane: 'page',
  summary: 'Show what an integration asks for',
  access: pageAccess('account'),
  query: authorizationQuery,
  response: authorizationRequestBody,
  errors: requestRefusals,
  source: 'decided',
  coverage,
});

/** Answers a request for the person who is signed in. */
export const decideAuthorizationRequest = operation({
  id: 'oauth.decide_request',
  method: 'POST',
  base: '/idb/api',
  path: '/authorization-requests/decision',
  plane: 'page',
  summary: 'Agree to what an integration asks for, or decline',
  access: pageAccess('account'),
  body: z.object({
    /** The query that the browser came with, as text. */
    query: z.string().max(262_144),
    approved: z.boolean(),
  }),
  response: z.strictObject({ redirectUrl: z.string() }),
  errors: [
    ...requestRefusals,
    oauthErrors['oauth.gov'],
    oauthErrors['oauth.blocked'],
    oauthErrors['oauth.role_missing'],
    oauthErrors['oauth.sign_in_again'],
    tokenErrors['token.limit_reached'],
  ],
  source: 'decided',
  coverage,
});
