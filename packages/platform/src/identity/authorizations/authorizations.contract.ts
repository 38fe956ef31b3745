import {
  type Access,
  adminPageAccess,
  anyToken,
  emailText,
  idText,
  listOf,
  operation,
  timeText,
  wireUuid,
} from '@moothall/contract';
import { decodeWireKey } from '@moothall/core';
import { z } from 'zod';
import { peopleErrors } from '../../people/people/people.errors.ts';
import { authorizationErrors } from './authorizations.errors.ts';

const testedBy = ['packages/platform/src/identity/authorizations/authorizations.test.ts'];
const coverage = { status: 'done', testedBy } as const;

/** Read-only administrators are left out (F34). */
const readers = ['full_admin', 'user_admin'] as const;
const writers = ['full_admin'] as const;

const readAccess: Access = {
  grants: [{ as: 'admin', scopes: ['identity:tokens_read'], roles: readers }],
};
const writeAccess: Access = {
  grants: [{ as: 'admin', scopes: ['identity:tokens_write'], roles: writers }],
};

const authorization = z.strictObject({
  id: idText,
  applicationId: idText,
  applicationName: z.string(),
  personId: idText,
  clientId: z.string(),
  created: timeText,
  type: z.enum(['refresh', 'access']),
});

/** What the hub shows beside it. */
const shownAuthorization = authorization.extend({
  scopes: z.array(z.string()),
  /** Absent where it does not expire. */
  expires: timeText.optional(),
});

const params = z.object({ authorizationId: wireUuid('AUTHORIZATION') });

/** An OAuth client id; the wire id of its application passes too. */
const clientId = z.string().transform((text, context): string => {
  const key = decodeWireKey(['APPLICATION'], text.trim());
  if (key !== undefined && /^[A-Za-z0-9._-]{1,128}$/.test(key)) return key;
  const message = 'expected the client id of an app, such as GET /authorizations lists it';
  context.issues.push({ code: 'custom', message: `clientId: ${message}`, input: text });
  return z.NEVER;
});
const ofClient = z.object({ clientId, orgId: wireUuid('ORGANIZATION').optional() });

const revokeErrors = [
  authorizationErrors['authorization.foreign'],
  authorizationErrors['authorization.not_found'],
];
const clientErrors = [
  authorizationErrors['authorization.foreign_organization'],
  authorizationErrors['authorization.first_party'],
];

/** Lists what a person allowed apps, and their live tokens; it has one page (documented). */
export const listAuthorizations = operation({
  id: 'authorizations.list',
  method: 'GET',
  path: '/authorizations',
  summary: 'List authorizations for a user',
  access: readAccess,
  query: z.object({ personId: wireUuid('PEOPLE').optional(), personEmail: emailText.optional() }),
  response: listOf(authorization),
  errors: [
    peopleErrors['person.not_specified'],
    peopleErrors['person.ambiguous'],
    authorizationErrors['authorization.foreign_person'],
  ],
  source: 'documented',
  coverage,
});

/** Revokes a token, or a refresh token with all access tokens of its grant. */
export const deleteAuthorization = operation({
  id: 'authorizations.delete',
  method: 'DELETE',
  path: '/authorizations/{authorizationId}',
  summary: 'Delete an authorization',
  access: writeAccess,
  params,
  errors: revokeErrors,
  source: 'documented',
  coverage,
});

/** Revokes whatever the people of the organisation allowed an app. */
export const deleteAuthorizations = operation({
  id: 'authorizations.deleteOfClient',
  method: 'DELETE',
  path: '/authorizations',
  summary: 'Delete the authorizations of an app in an organization',
  access: writeAccess,
  query: ofClient,
  errors: clientErrors,
  source: 'documented',
  coverage,
});

/** Tells when the calling token expires, in milliseconds since 1970; the last second of 9999 for one that does not. */
export const getTokenExpiry = operation({
  id: 'authorizations.tokenExpiry',
  method: 'GET',
  path: '/authorizations/tokenExpiry',
  summary: 'Get the expiration time of the token',
  access: anyToken,
  response: z.strictObject({ exp: z.number().int() }),
  source: 'documented',
  coverage,
});

/** The hub's list of a person's authorizations, with how many of their tokens are in use. */
export const listAuthorizationsInHub = operation({
  id: 'hub.authorizations.list',
  method: 'GET',
  base: '/hub/api',
  plane: 'page',
  path: '/users/{personId}/authorizations',
  summary: 'List the authorizations of a user with the token meter',
  access: adminPageAccess('hub', readers),
  params: z.object({ personId: wireUuid('PEOPLE') }),
  response: z.strictObject({
    items: z.array(shownAuthorization),
    /** Active access tokens of the account. */
    count: z.number().int(),
    limit: z.number().int(),
  }),
  errors: [authorizationErrors['authorization.foreign_person']],
  source: 'decided',
  coverage,
});

/** Revokes one from the hub. */
export const deleteAuthorizationInHub = operation({
  id: 'hub.authorizations.delete',
  method: 'DELETE',
  base: '/hub/api',
  plane: 'page',
  path: '/authorizations/{authorizationId}',
  summary: 'Revoke an authorization',
  access: adminPageAccess('hub', writers),
  params,
  errors: revokeErrors,
  source: 'decided',
  coverage,
});

/** Revokes an app's access for everybody of the organisation from the hub. */
export const deleteAuthorizationsInHub = operation({
  id: 'hub.authorizations.deleteOfClient',
  method: 'DELETE',
  base: '/hub/api',
  plane: 'page',
  path: '/authorizations',
  summary: 'Revoke the access of an app for all users',
  access: adminPageAccess('hub', writers),
  query: z.object({ clientId }),
  errors: clientErrors,
  source: 'decided',
  coverage,
});
