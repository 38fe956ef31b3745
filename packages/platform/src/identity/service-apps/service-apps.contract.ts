import {
  adminPageAccess,
  idText,
  listOf,
  operation,
  pageAccess,
  timeText,
  userAccess,
  wireUuid,
} from '@moothall/contract';
import { decodeWireKey } from '@moothall/core';
import { z } from 'zod';
import { appErrors } from '../../apps/apps/apps.errors.ts';
import { availabilityErrors } from '../../apps/availability/availability.errors.ts';
import { organizationErrors } from '../organizations/organizations.errors.ts';
import { tokenErrors } from '../tokens/tokens.errors.ts';
import { serviceAppErrors } from './service-apps.errors.ts';

const testedBy = ['packages/platform/src/identity/service-apps/service-apps.test.ts'];
const coverage = { status: 'done', testedBy } as const;
const onHub = { base: '/hub/api', plane: 'page', source: 'decided', coverage } as const;
const onPortal = { base: '/portal/api', plane: 'page', source: 'decided', coverage } as const;
const params = z.object({ id: wireUuid() });
const readers = ['full_admin', 'readonly_admin'] as const;

/** Tokens of a service app in an organisation; lifetimes in seconds. */
const tokenPair = z.strictObject({
  access_token: z.string(),
  expires_in: z.int(),
  refresh_token: z.string(),
  refresh_token_expires_in: z.int(),
  token_type: z.literal('Bearer'),
});

const tokenRefusals = [
  serviceAppErrors['service_app.credentials_refused'],
  serviceAppErrors['service_app.not_authorized'],
  serviceAppErrors['service_app.no_scopes_left'],
  tokenErrors['token.limit_reached'],
];

/** Gives tokens of an authorised service app in an organisation. Each call opens a grant of its own. */
export const createServiceAppToken = operation({
  id: 'serviceApps.token',
  method: 'POST',
  path: '/applications/{applicationId}/token',
  summary: 'Create service app access token',
  access: userAccess('spark:applications_token'),
  // The wire id of an application, or what it encodes: the client id.
  params: z.object({
    applicationId: z.string().transform((text) => decodeWireKey(['APPLICATION'], text) ?? ''),
  }),
  body: z.object({
    clientId: z.string().max(1024),
    clientSecret: z.string().max(1024),
    targetOrgId: wireUuid('ORGANIZATION'),
  }),
  response: tokenPair,
  errors: [serviceAppErrors['service_app.not_found'], ...tokenRefusals],
  source: 'documented',
  coverage,
});

/** What an organisation decided about a service app, as its administrators see it. */
const authorization = z.strictObject({
  /** Of the app. */
  id: z.uuid(),
  applicationId: idText,
  name: z.string(),
  description: z.string(),
  state: z.enum(['requested', 'authorized', 'revoked']),
  developer: z.strictObject({ organization: z.string(), email: z.string().optional() }),
  /** What it asks for now. `authorized` is false for what it was not given yet. */
  scopes: z.array(z.strictObject({ name: z.string(), words: z.string(), authorized: z.boolean() })),
  /** Its account in the organisation, once it has one. */
  personId: idText.optional(),
  requested: timeText.optional(),
  decided: timeText.optional(),
  decidedBy: z.string().optional(),
  /** To be sent back when it is authorised. */
  version: z.string(),
});

/** Lists the service apps that ask for authorisation in the administrator's organisation, or did. */
export const listServiceApps = operation({
  ...onHub,
  id: 'hub.serviceApps.list',
  method: 'GET',
  path: '/service-apps',
  summary: 'List service apps of my organization',
  access: adminPageAccess('hub', readers),
  response: listOf(authorization),
});

/** Authorises a service app that asked for it in the administrator's organisation, with the scopes that it asks for now. */
export const authorizeServiceApp = operation({
  ...onHub,
  id: 'hub.serviceApps.authorize',
  method: 'POST',
  path: '/service-apps/{id}/authorization',
  summary: 'Authorize a service app',
  access: adminPageAccess('hub'),
  params,
  body: z.object({ version: z.string().regex(/^\d{1,9}$/, 'expected the version that was read') }),
  response: authorization,
  errors: [
    serviceAppErrors['service_app.not_found'],
    serviceAppErrors['service_app.changed_meanwhile'],
    serviceAppErrors['service_app.officer_needed'],
    availabilityErrors['apps.not_in_gov'],
  ],
});

/** Ends what a service app may do in the administrator's organisation: every token and grant of it there. */
export const revokeServiceApp = operation({
  ...onHub,
  id: 'hub.serviceApps.revoke',
  method: 'DELETE',
  path: '/service-apps/{id}/authorization',
  summary: 'Revoke the authorization of a service app',
  access: adminPageAccess('hub'),
  params,
  errors: [serviceAppErrors['service_app.not_found']],
});

/** An organisation that a service app was requested or authorised in, as its owner sees it. */
const ownedAuthorization = z.strictObject({
  orgId: idText,
  organization: z.string(),
  state: z.enum(['requested', 'authorized', 'revoked']),
  scopes: z.array(z.string()),
  requested: timeText.optional(),
  decided: timeText.optional(),
});

const ownerRefusals = [appErrors['app.not_found'], serviceAppErrors['service_app.not_a_service_app']];

/** Asks the administrators of an organisation to authorise a service app: of the owner's unless another is named. */
export const requestAuthorization = operation({
  ...onPortal,
  id: 'portal.serviceApps.requestAuthorization',
  method: 'POST',
  path: '/apps/{id}/authorization-requests',
  summary: 'Request authorization of a service app',
  access: pageAccess('portal'),
  params,
  body: z.object({ orgId: wireUuid('ORGANIZATION').optional() }),
  response: z.strictObject({ state: z.enum(['requested', 'authorized']) }),
  errors: [
    ...ownerRefusals,
    organizationErrors['organization.not_found'],
    availabilityErrors['apps.not_in_gov'],
  ],
});

/** Lists the organisations that have decided about a service app, for its owner. */
export const listOwnAuthorizations = operation({
  ...onPortal,
  id: 'portal.serviceApps.listAuthorizations',
  method: 'GET',
  path: '/apps/{id}/org-authorizations',
  summary: 'List the organizations of a service app',
  access: pageAccess('portal'),
  params,
  response: listOf(ownedAuthorization),
  errors: ownerRefusals,
});

/** Gives the owner tokens of a service app in an organisation, for its secret; shown this one time. */
export const createOwnToken = operation({
  ...onPortal,
  id: 'portal.serviceApps.token',
  method: 'POST',
  path: '/apps/{id}/org-authorizations/{orgId}/token',
  summary: 'Get tokens of a service app',
  access: pageAccess('portal'),
  params: z.object({ id: wireUuid(), orgId: wireUuid('ORGANIZATION') }),
  body: z.object({ clientSecret: z.string().max(1024) }),
  response: tokenPair,
  errors: [...ownerRefusals, ...tokenRefusals],
});
