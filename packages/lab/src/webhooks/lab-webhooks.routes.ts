import { encodeWireId } from '@moothall/core';
import type { Mount } from '@moothall/http';
import { createIncomingWebhook, type Delivery, listDeliveries, redeliver } from '@moothall/platform';
import type { LabParts } from '../lab-parts.ts';
import { addIncomingWebhook, listLabDeliveries, redeliverDelivery } from './lab-webhooks.contract.ts';

function present(delivery: Delivery) {
  const { id, state, resource, event, trackingId, finishedAt, nextTryAt, reason, redeliveryOf } = delivery;
  const { url, headers, body } = delivery.request;
  return {
    id,
    webhookId: encodeWireId('WEBHOOK', delivery.webhookId),
    state,
    resource,
    event,
    created: delivery.created.toISOString(),
    ...(finishedAt && { finished: finishedAt.toISOString() }),
    ...(nextTryAt && { nextTry: nextTryAt.toISOString() }),
    trackingId,
    ...(reason !== undefined && { reason }),
    ...(redeliveryOf !== undefined && { redeliveryOf }),
    request: { url, ...(headers && { headers }), body },
    ...(delivery.response && { response: delivery.response }),
    tries: [...delivery.tries],
  };
}

/** Ties the operations of deliveries and incoming webhooks to their verbs. */
export function mountLabWebhooks(mount: Mount, { world }: LabParts): void {
  mount(listLabDeliveries, async ({ query }) => {
    const { webhookId, state, max } = query;
    const filter = { ...(webhookId && { webhookId }), ...(state && { state }), limit: max };
    return { items: (await listDeliveries(world, filter)).map(present) };
  });
  mount(redeliverDelivery, async ({ params }) => ({ id: await redeliver(world, params.id) }));
  mount(addIncomingWebhook, async ({ body }) => {
    const { url, personId } = await createIncomingWebhook(world, body);
    return { url, personId: encodeWireId('PEOPLE', personId) };
  });
}
