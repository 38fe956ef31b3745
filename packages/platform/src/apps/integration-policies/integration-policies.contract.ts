import {
  adminPageAccess,
  adminReaders,
  idText,
  listOf,
  operation,
  pageAccess,
  pageSize,
  timeText,
  wireUuid,
} from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { integrationPolicyErrors } from './integration-policies.errors.ts';

const page = {
  plane: 'page',
  source: 'documented',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/apps/integration-policies/integration-policies.test.ts'],
  },
} as const;
const onHub = { ...page, base: '/hub/api' } as const;
const readAccess = adminPageAccess('hub', adminReaders);
const writeAccess = adminPageAccess('hub');

const version = z.string().regex(/^\d{1,9}$/, 'expected the version that was read');
const clientId = z.string().min(1).max(256);
const params = z.object({ clientId });
const paging = {
  max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
  cursor: z.string().optional(),
};

const mode = z.enum(['allowed', 'blocked', 'selected', 'default']);

/** What holds for one integration. */
const policy = z.strictObject({ clientId, mode, personIds: z.array(idText), version: z.string() });

/** What holds for integrations that nothing was said of. */
const defaultPolicy = z.strictObject({ access: z.enum(['allow', 'block']), version: z.string() });

const integration = z.strictObject({
  id: z.uuid(),
  clientId,
  applicationId: idText,
  name: z.string(),
  description: z.string(),
  iconUrl: z.string().optional(),
  iconName: z.string(),
  /** Whether the organisation owns it. */
  own: z.boolean(),
  owner: z.strictObject({ email: z.string(), displayName: z.string(), active: z.boolean() }).optional(),
  /** Live grants of people of the organisation. */
  grants: z.int(),
  people: z.int(),
  /** All scopes that somebody granted. */
  scopes: z.array(z.string()),
  /** People who wait to be let in. */
  requests: z.int(),
  lastUsed: timeText.optional(),
  policy,
});

/** Lists the integrations that matter to an organisation. */
export const listIntegrations = operation({
  ...onHub,
  id: 'hub.integrations.list',
  method: 'GET',
  path: '/integrations',
  summary: 'List integrations that people of the organisation use',
  access: readAccess,
  query: z.object({ q: z.string().trim().max(255).optional(), ...paging }),
  response: listOf(integration).extend({ default: defaultPolicy }),
});

/** Says what holds for integrations that nothing was said of. */
export const changeDefault = operation({
  ...onHub,
  id: 'hub.integrations.changeDefault',
  method: 'PUT',
  path: '/integration-policy',
  summary: 'Allow or block integrations by default',
  access: writeAccess,
  body: z.object({ access: z.enum(['allow', 'block']), version }),
  response: defaultPolicy,
  errors: [integrationPolicyErrors['integration_policy.changed_meanwhile']],
});

/** Says who may use an integration. Access tokens that exist live on until they are revoked or expire. */
export const changePolicy = operation({
  ...onHub,
  id: 'hub.integrations.changePolicy',
  method: 'PUT',
  path: '/integrations/{clientId}/policy',
  summary: 'Choose who may use an integration',
  access: writeAccess,
  params,
  body: z.object({ mode, personIds: z.array(wireUuid('PEOPLE')).max(5000).default([]), version }),
  response: policy,
  errors: [
    integrationPolicyErrors['integration_policy.unknown'],
    integrationPolicyErrors['integration_policy.changed_meanwhile'],
    integrationPolicyErrors['integration_policy.people_refused'],
  ],
});

/** Revokes what everybody of the organisation allowed an integration. */
export const revokeIntegration = operation({
  ...onHub,
  id: 'hub.integrations.revoke',
  method: 'DELETE',
  path: '/integrations/{clientId}/authorizations',
  summary: 'Revoke an integration for all users',
  access: writeAccess,
  params,
  errors: [integrationPolicyErrors['integration_policy.unknown']],
});

/** Asks administrators to be let use an integration that is blocked; asking twice is asking once. */
export const requestIntegration = operation({
  ...page,
  id: 'account.integrationRequests.create',
  method: 'POST',
  base: '/idb/api',
  path: '/integration-requests',
  summary: 'Ask for a blocked integration',
  access: pageAccess('account'),
  body: z.object({ clientId }),
  response: z.strictObject({ requested: z.literal(true) }),
  errors: [
    integrationPolicyErrors['integration_policy.unknown'],
    integrationPolicyErrors['integration_request.not_blocked'],
  ],
});

/** Lists who waits for which integration, oldest first. */
export const listRequests = operation({
  ...onHub,
  id: 'hub.integrationRequests.list',
  method: 'GET',
  path: '/integration-requests',
  summary: 'List requests for integrations',
  access: readAccess,
  query: z.object(paging),
  response: listOf(
    z.strictObject({
      id: z.uuid(),
      clientId,
      name: z.string(),
      person: z.strictObject({ id: idText, email: z.string(), displayName: z.string() }),
      created: timeText,
    }),
  ),
});

/** Declines a request; to allow it, the policy of the integration is changed. */
export const declineRequest = operation({
  ...onHub,
  id: 'hub.integrationRequests.decline',
  method: 'DELETE',
  path: '/integration-requests/{id}',
  summary: 'Decline a request for an integration',
  access: writeAccess,
  params: z.object({ id: wireUuid() }),
  errors: [integrationPolicyErrors['integration_request.not_found']],
});
