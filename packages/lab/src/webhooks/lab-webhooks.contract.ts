import { idText, listOf, timeText, wireUuid } from '@moothall/contract';
import {
  availabilityErrors,
  incomingWebhookErrors,
  roomErrors,
  webhookErrors,
} from '@moothall/platform/contracts';
import { z } from 'zod';
import { labOperation } from '../lab-operation.ts';

const testedBy = ['packages/lab/src/webhooks/lab-webhooks.test.ts'];
const headers = z.record(z.string(), z.string());

const delivery = z.strictObject({
  id: z.string(),
  webhookId: idText,
  state: z.enum(['pending', 'done', 'dead']),
  resource: z.string(),
  event: z.string(),
  created: timeText,
  finished: timeText.optional(),
  /** When it is tried next; absent for a finished one. */
  nextTry: timeText.optional(),
  trackingId: z.string(),
  /** Why it was given up. */
  reason: z.string().optional(),
  redeliveryOf: z.string().optional(),
  request: z.strictObject({ url: z.string(), headers: headers.optional(), body: z.string() }),
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

/** Lists webhook deliveries, newest first. */
export const listLabDeliveries = labOperation({
  id: 'lab.deliveries.list',
  method: 'GET',
  path: '/deliveries',
  summary: 'List webhook deliveries with their requests and responses',
  query: z.object({
    webhookId: wireUuid('WEBHOOK').optional(),
    state: z.enum(['pending', 'done', 'dead']).optional(),
    max: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  response: listOf(delivery),
  testedBy,
});

/** Delivers once more, under a new id. */
export const redeliverDelivery = labOperation({
  id: 'lab.deliveries.redeliver',
  method: 'POST',
  path: '/deliveries/{id}/redeliver',
  summary: 'Deliver the same body once more',
  params: z.object({ id: wireUuid() }),
  response: z.strictObject({ id: z.string() }),
  errors: [webhookErrors['webhook.not_found']],
  testedBy,
});

/** Makes a URL that posts to a room. */
export const addIncomingWebhook = labOperation({
  id: 'lab.incoming_webhooks.create',
  method: 'POST',
  path: '/incoming-webhooks',
  summary: 'Make an incoming webhook of a room',
  body: z.object({ roomId: wireUuid('ROOM'), name: z.string().max(256).default('Incoming webhook') }),
  response: z.strictObject({ url: z.string(), personId: idText }),
  errors: [
    roomErrors['room.not_found'],
    availabilityErrors['apps.not_in_gov'],
    incomingWebhookErrors['incoming_webhook.group_only'],
    incomingWebhookErrors['incoming_webhook.name_empty'],
  ],
  testedBy,
});
