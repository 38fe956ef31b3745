import { ApiError, type Uuid } from '@moothall/core';
import { type JobState, readPayloads, type StoredPayload } from '@moothall/store';
import type { World } from '../../world.ts';
import {
  bodyOf,
  DELIVERY_QUEUE,
  type DeliveryPayload,
  type DeliveryResult,
  type DeliveryTry,
  deliveryHeaders,
} from './delivery.ts';
import { signatureOf } from './signature.ts';
import { findWebhookState } from './webhook-state.ts';
import { webhookErrors } from './webhooks.errors.ts';

/** A delivery as its log shows it. */
export type Delivery = {
  id: Uuid;
  webhookId: Uuid;
  state: JobState;
  resource: string;
  event: string;
  created: Date;
  finishedAt: Date | undefined;
  /** When it is tried next; absent for a finished one. */
  nextTryAt: Date | undefined;
  trackingId: string;
  request: { url: string; headers: Record<string, string>; body: string };
  response: DeliveryResult['response'];
  tries: readonly DeliveryTry[];
  /** Why it was given up. */
  reason: string | undefined;
  redeliveryOf: string | undefined;
};

/** Which deliveries are listed. */
export type DeliveryFilter = {
  id?: Uuid;
  webhookId?: Uuid;
  state?: JobState;
  /** The last delivery of the page before. */
  afterId?: Uuid;
  limit: number;
};

type Row = {
  id: Uuid;
  state: JobState;
  runAt: Date;
  created: Date;
  finishedAt: Date | null;
  payload: DeliveryPayload;
  result: DeliveryResult | null;
};

type StoredRow = Omit<Row, 'payload'> & StoredPayload;

const COLUMNS = 'id, state, run_at as "runAt", created, finished_at as "finishedAt", payload, parts, result';

/** Deliveries as a condition, and what else follows it, finds them. */
async function readRows(world: World, where: string, values: unknown[]): Promise<Row[]> {
  const { pool } = world.store;
  const { rows } = await pool.query<StoredRow>(`select ${COLUMNS} from job where ${where}`, values);
  const payloads = await readPayloads(pool, rows);
  return rows.map((row, index) => ({ ...row, payload: payloads[index] as DeliveryPayload }));
}

/** The signature that a delivery has; none to show where the world's key is another one since. */
function shownSignature(world: World, payload: DeliveryPayload): string | undefined {
  try {
    return signatureOf(world, payload);
  } catch (error) {
    world.log.warn({ err: error, webhookId: payload.webhookId }, 'a secret of a webhook cannot be opened');
    return undefined;
  }
}

function deliveryOf(world: World, { payload, result, ...row }: Row): Delivery {
  return {
    id: row.id,
    webhookId: payload.webhookId as Uuid,
    state: row.state,
    resource: payload.resource,
    event: payload.event,
    created: row.created,
    finishedAt: row.finishedAt ?? undefined,
    nextTryAt: row.state === 'pending' ? row.runAt : undefined,
    trackingId: payload.trackingId,
    request: {
      url: payload.targetUrl,
      headers: deliveryHeaders(payload, row.id, shownSignature(world, payload)),
      body: bodyOf(payload),
    },
    response: result?.response,
    tries: result?.tries ?? [],
    reason: result?.reason,
    redeliveryOf: payload.redeliveryOf,
  };
}

/** Deliveries, newest first: pending ones, delivered ones and dead letters. */
export async function listDeliveries(world: World, filter: DeliveryFilter): Promise<Delivery[]> {
  const values: unknown[] = [DELIVERY_QUEUE, filter.limit];
  const also = (condition: string, value: unknown) =>
    value === undefined ? '' : ` and ${condition} = $${values.push(value)}`;
  const { id, webhookId, state, afterId } = filter;
  const where = [also('lane', webhookId), also('state', state), also('id', id)].join('');
  const paged = afterId === undefined ? where : `${where} and id < $${values.push(afterId)}`;
  const rows = await readRows(world, `queue = $1${paged} order by id desc limit $2`, values);
  return rows.map((row) => deliveryOf(world, row));
}

/**
 * Delivers the same body once more, after what its webhook has pending, under a new delivery id.
 * @returns the id of the new delivery
 * @throws ApiError `webhook.not_found` when the delivery is unknown, or its webhook is gone
 */
export async function redeliver(world: World, deliveryId: Uuid): Promise<Uuid> {
  const rows = await readRows(world, 'id = $1 and queue = $2', [deliveryId, DELIVERY_QUEUE]);
  const payload = rows[0]?.payload;
  if (!payload || !(await findWebhookState(world, payload.webhookId)))
    throw new ApiError(webhookErrors['webhook.not_found']);
  const id = world.ids.uuid();
  const again: DeliveryPayload = { ...payload, redeliveryOf: deliveryId };
  await world.store.tx(async (tx) =>
    tx.enqueue({ id, queue: DELIVERY_QUEUE, lane: payload.webhookId, payload: again }),
  );
  return id;
}
