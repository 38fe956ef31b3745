import { idText, listOf, operation, pageAccess, pageSize, timeText, wireUuid } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { webhookErrors } from '../webhooks/webhooks.errors.ts';

const onPortal = {
  base: '/portal/api',
  plane: 'page',
  source: 'decided',
  access: pageAccess('portal'),
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/apps/portal-webhooks/portal-webhooks.test.ts'],
  },
} as const;
const errors = [webhookErrors['webhook.not_found']];
const paging = {
  max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
  cursor: z.string().optional(),
};

/** A webhook as its maker's page shows it; never its secret. */
const portalWebhook = z.strictObject({
  id: idText,
  name: z.string(),
  targetUrl: z.string(),
  resource: z.string(),
  event: z.string(),
  filter: z.string().optional(),
  ownedBy: z.enum(['creator', 'org']),
  status: z.enum(['active', 'inactive']),
  /** Whether its deliveries carry a signature. */
  signed: z.boolean(),
  creator: z.strictObject({
    id: idText,
    email: z.string(),
    displayName: z.string(),
    type: z.enum(['person', 'bot', 'appuser']),
  }),
  created: timeText,
});

const state = z.enum(['pending', 'done', 'dead']);
const headers = z.record(z.string(), z.string());

const summary = z.strictObject({
  id: z.uuid(),
  state,
  resource: z.string(),
  event: z.string(),
  created: timeText,
  finished: timeText.optional(),
  /** When it is tried next; absent for a finished one. */
  nextTry: timeText.optional(),
  trackingId: z.string(),
  tries: z.int(),
  /** Status of the last answer. */
  status: z.int().optional(),
  /** Milliseconds of the last try. */
  durationMs: z.number().optional(),
  /** Why it was given up. */
  reason: z.string().optional(),
  redeliveryOf: z.string().optional(),
});

const delivery = summary.omit({ tries: true }).extend({
  request: z.strictObject({ url: z.string(), headers, body: z.string() }),
  /** Of the exact bytes of the body; absent for a webhook without a secret. */
  signature: z.string().optional(),
  response: z.strictObject({ status: z.int(), headers, body: z.string() }).optional(),
  tries: z.array(
    z.strictObject({
      at: timeText,
      durationMs: z.number(),
      status: z.int().optional(),
      error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
    }),
  ),
});

/** Lists webhooks of the caller and of bots that they own. */
export const listPortalWebhooks = operation({
  ...onPortal,
  id: 'portal.webhooks.list',
  method: 'GET',
  path: '/webhooks',
  summary: 'List my webhooks and those of my bots',
  query: z.object(paging),
  response: listOf(portalWebhook),
});

/** Shows a webhook of the caller or of a bot of theirs. */
export const getPortalWebhook = operation({
  ...onPortal,
  id: 'portal.webhooks.get',
  method: 'GET',
  path: '/webhooks/{id}',
  summary: 'Show a webhook',
  params: z.object({ id: wireUuid('WEBHOOK') }),
  response: portalWebhook,
  errors,
});

/** Lists what a webhook delivered, newest first. */
export const listPortalDeliveries = operation({
  ...onPortal,
  id: 'portal.webhooks.deliveries',
  method: 'GET',
  path: '/webhooks/{id}/deliveries',
  summary: 'List deliveries of a webhook',
  params: z.object({ id: wireUuid('WEBHOOK') }),
  query: z.object({ ...paging, state: state.optional() }),
  response: listOf(summary),
  errors,
});

const deliveryParams = z.object({ id: wireUuid('WEBHOOK'), deliveryId: wireUuid() });

/** Shows a delivery: what was sent, how it is signed, what came back. */
export const getPortalDelivery = operation({
  ...onPortal,
  id: 'portal.webhooks.delivery',
  method: 'GET',
  path: '/webhooks/{id}/deliveries/{deliveryId}',
  summary: 'Show a delivery',
  params: deliveryParams,
  response: delivery,
  errors,
});

/** Delivers the same body once more, under a new id. */
export const redeliverPortalDelivery = operation({
  ...onPortal,
  id: 'portal.webhooks.redeliver',
  method: 'POST',
  path: '/webhooks/{id}/deliveries/{deliveryId}/redeliver',
  summary: 'Deliver the same once more',
  params: deliveryParams,
  response: z.strictObject({ id: z.uuid() }),
  errors,
});
