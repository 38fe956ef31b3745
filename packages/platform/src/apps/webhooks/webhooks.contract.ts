import { type Access, idText, listOf, operation, pageSize, timeText, wireUuid } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { availabilityErrors } from '../availability/availability.errors.ts';
import { webhookErrors } from './webhooks.errors.ts';

const testedBy = [
  'packages/platform/src/apps/webhooks/webhooks.test.ts',
  'packages/platform/src/apps/webhooks/deliveries.test.ts',
  'packages/platform/src/apps/webhooks/delivery-worker.test.ts',
];

/** Scopes that open the webhooks of a resource open the webhook operations too; there is no scope of their own. */
const anyReader = [
  'spark:rooms_read',
  'spark:messages_read',
  'spark:memberships_read',
  'meeting:schedules_read',
  'meeting:participants_read',
  'meeting:recordings_read',
  'meeting:transcripts_read',
  'spark-compliance:rooms_read',
  'spark-compliance:messages_read',
  'spark-compliance:memberships_read',
  'spark-compliance:meetings_read',
];

function webhookAccess(officerScope: string): Access {
  return {
    grants: [
      { as: 'user', scopes: anyReader },
      { as: 'compliance', scopes: [officerScope], roles: ['compliance_officer'] },
    ],
  };
}

/** A webhook on the wire. Only its creator sees the secret. */
export const webhook = z.strictObject({
  id: idText,
  name: z.string(),
  targetUrl: z.string(),
  resource: z.string(),
  event: z.string(),
  filter: z.string().optional(),
  secret: z.string().optional(),
  orgId: idText,
  createdBy: idText,
  appId: idText,
  ownedBy: z.enum(['creator', 'org']),
  status: z.enum(['active', 'inactive']),
  created: timeText,
});

const params = z.object({ webhookId: wireUuid('WEBHOOK') });
const name = z.string().trim().min(1).max(limitLedger['webhook.name'].value);
const secret = z.string().max(limitLedger['webhook.secret'].value).optional();

/** Creates a webhook. */
export const createWebhook = operation({
  id: 'webhooks.create',
  method: 'POST',
  path: '/webhooks',
  summary: 'Create a webhook',
  access: { grants: [{ as: 'user', scopes: anyReader }] },
  body: z.object({
    name,
    targetUrl: z.string(),
    resource: z.string(),
    event: z.string(),
    filter: z.string().max(limitLedger['webhook.filter'].value).optional(),
    secret,
    ownedBy: z.enum(['creator', 'org']).optional(),
  }),
  response: webhook,
  errors: [...Object.values(webhookErrors), availabilityErrors['apps.not_in_gov']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Lists the caller's webhooks, or the org-wide ones. */
export const listWebhooks = operation({
  id: 'webhooks.list',
  method: 'GET',
  path: '/webhooks',
  summary: 'List webhooks',
  access: webhookAccess('spark-compliance:webhooks_read'),
  query: z.object({
    max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
    ownedBy: z.enum(['org', 'creator']).optional(),
    cursor: z.string().optional(),
  }),
  response: listOf(webhook),
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Shows a webhook. */
export const getWebhook = operation({
  id: 'webhooks.get',
  method: 'GET',
  path: '/webhooks/{webhookId}',
  summary: 'Get webhook details',
  access: webhookAccess('spark-compliance:webhooks_read'),
  params,
  response: webhook,
  errors: [webhookErrors['webhook.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Changes name, target or secret of a webhook, and revives an inactive one. */
export const updateWebhook = operation({
  id: 'webhooks.update',
  method: 'PUT',
  path: '/webhooks/{webhookId}',
  summary: 'Update a webhook',
  access: { grants: [{ as: 'user', scopes: anyReader }] },
  params,
  body: z.object({ name, targetUrl: z.string(), secret, status: z.literal('active').optional() }),
  response: webhook,
  errors: [webhookErrors['webhook.not_found'], webhookErrors['webhook.target_refused']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Deletes a webhook; what it had still to deliver is not delivered. */
export const deleteWebhook = operation({
  id: 'webhooks.delete',
  method: 'DELETE',
  path: '/webhooks/{webhookId}',
  summary: 'Delete a webhook',
  access: webhookAccess('spark-compliance:webhooks_write'),
  params,
  errors: [webhookErrors['webhook.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});
