import type { Actor } from '@moothall/contract';
import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import type { Mount } from '@moothall/http';
import type { z } from 'zod';
import { type Action, authorize, type Decider } from '../../authorize.ts';
import { decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { type Delivery, listDeliveries, redeliver, webhookErrors } from '../webhooks/index.ts';
import {
  getPortalDelivery,
  getPortalWebhook,
  listPortalDeliveries,
  listPortalWebhooks,
  redeliverPortalDelivery,
} from './portal-webhooks.contract.ts';
import { findPortalWebhook, findWebhooksOf, type PortalWebhook } from './portal-webhooks.store.ts';

type WireWebhook = z.input<NonNullable<typeof listPortalWebhooks.response>>['items'][number];

const look: Action<{ webhook: PortalWebhook }> = {
  name: 'portal.webhooks.look',
  relations: {
    user: (actor: Actor, { webhook }) =>
      webhook.created_by === actor.personId || webhook.owner_id === actor.personId
        ? undefined
        : 'neither the caller nor a bot of theirs made the webhook',
  },
  unrelated: webhookErrors['webhook.not_found'],
};

/** A webhook of the caller or of a bot of theirs. @throws ApiError `webhook.not_found` */
async function accessOwn(world: World, decider: Decider, id: Uuid): Promise<PortalWebhook> {
  const webhook = await findPortalWebhook(world.store.db, id);
  if (!webhook) throw new ApiError(look.unrelated);
  authorize(decider, look, { webhook });
  return webhook;
}

/** A delivery of the caller's webhook. @throws ApiError `webhook.not_found` */
async function accessDelivery(
  world: World,
  decider: Decider,
  { id: webhookId, deliveryId }: { id: Uuid; deliveryId: Uuid },
): Promise<Delivery> {
  await accessOwn(world, decider, webhookId);
  const [delivery] = await listDeliveries(world, { id: deliveryId, webhookId, limit: 1 });
  if (!delivery) throw new ApiError(look.unrelated);
  return delivery;
}

function presentWebhook(row: PortalWebhook): WireWebhook {
  return {
    id: encodeWireId('WEBHOOK', row.id),
    name: row.name,
    targetUrl: row.target_url,
    resource: row.resource,
    event: row.event,
    ...(row.filter !== null && { filter: row.filter }),
    ownedBy: row.owned_by,
    status: row.status,
    signed: row.signed,
    creator: {
      id: encodeWireId('PEOPLE', row.created_by),
      email: row.email,
      displayName: row.display_name,
      type: row.creator_type as WireWebhook['creator']['type'],
    },
    created: row.created.toISOString(),
  };
}

function headOf(delivery: Delivery) {
  const { id, state, resource, event, trackingId, finishedAt, nextTryAt, reason, redeliveryOf } = delivery;
  const last = delivery.tries.at(-1);
  return {
    id,
    state,
    resource,
    event,
    created: delivery.created.toISOString(),
    ...(finishedAt && { finished: finishedAt.toISOString() }),
    ...(nextTryAt && { nextTry: nextTryAt.toISOString() }),
    trackingId,
    ...(last?.status !== undefined && { status: last.status }),
    ...(last && { durationMs: last.durationMs }),
    ...(reason !== undefined && { reason }),
    ...(redeliveryOf !== undefined && { redeliveryOf }),
  };
}

function presentDelivery(delivery: Delivery) {
  const signature = delivery.request.headers['X-Spark-Signature'];
  return {
    ...headOf(delivery),
    request: delivery.request,
    ...(signature !== undefined && { signature }),
    ...(delivery.response && { response: delivery.response }),
    tries: [...delivery.tries],
  };
}

function afterOf(cursor: string | undefined): Uuid | undefined {
  return cursor === undefined ? undefined : (decodeKeyset(cursor, { byTime: false }).id as Uuid);
}

/** Ties the operations of the portal's webhook pages to their handlers. */
export function mountPortalWebhooks(mount: Mount, world: World): void {
  mount(listPortalWebhooks, async ({ actor, query: { max, cursor } }) => {
    const filter = { personId: actor.personId, max, afterId: afterOf(cursor) };
    const rows = await findWebhooksOf(world.store.db, filter);
    return pageOf(rows, max, presentWebhook, (row) => ({ key: '', id: row.id }));
  });
  mount(getPortalWebhook, async (request) =>
    presentWebhook(await accessOwn(world, request, request.params.id)),
  );
  mount(listPortalDeliveries, async (request) => {
    const { max, cursor, state } = request.query;
    const { id: webhookId } = request.params;
    await accessOwn(world, request, webhookId);
    const afterId = afterOf(cursor);
    const filter = { webhookId, limit: max + 1, ...(state && { state }), ...(afterId && { afterId }) };
    const rows = await listDeliveries(world, filter);
    const present = (delivery: Delivery) => ({ ...headOf(delivery), tries: delivery.tries.length });
    return pageOf(rows, max, present, (row) => ({ key: '', id: row.id }));
  });
  mount(getPortalDelivery, async (request) =>
    presentDelivery(await accessDelivery(world, request, request.params)),
  );
  mount(redeliverPortalDelivery, async (request) => {
    const { id } = await accessDelivery(world, request, request.params);
    return { id: await redeliver(world, id) };
  });
}
