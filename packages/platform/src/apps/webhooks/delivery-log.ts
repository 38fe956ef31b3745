import { ApiError, type Uuid } from '@moothall/core';
import { type JobState, mergedPayload, readContents, type StoredContent } from '@moothall/store';
import type { World } from '../../world.ts';
import {
  bodyOf,
  DELIVERY_QUEUE,
  type DeliveryPayload,
  type DeliveryResult,
  type DeliveryTry,
  deliveryHeaders,
  jobIdOf,
  resultsOf,
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

/** A delivery, and what is known of its job. */
type Row = {
  id: Uuid;
  state: JobState;
  runAt: Date;
  created: Date;
  jobFinishedAt: Date | null;
  payload: DeliveryPayload;
  result: DeliveryResult | undefined;
  /** Why its job was given up with all that it had not delivered. */
  jobReason: string | null;
};

type StoredRow = Omit<Row, 'payload' | 'result'> & StoredContent & { result: Record<string, unknown> | null };

/**
 * Deliveries with their jobs, as the places of a job of many. Their ids are those of `deliveryIdAt`, and sort as
 * jobs and places do. A job of many reads the part of its webhook and that of the one event.
 */
const DELIVERIES = `
  select delivery.id, delivery.state, run_at as "runAt", created, finished_at as "jobFinishedAt", payload,
    case when payload ? 'events' then array[parts[1], parts[place + 2]] else parts end as parts,
    case when result ? 'deliveries'
      then jsonb_build_object('deliveries', jsonb_build_array(result->'deliveries'->place)) else result end as result,
    result->>'reason' as "jobReason"
  from job
  cross join lateral generate_series(coalesce((payload->>'events')::int, 1) - 1, 0, -1) as place
  cross join lateral (select
    case when payload ? 'events' then (left(job.id::text, -3) || lpad(to_hex(place), 3, '0'))::uuid
      else job.id end as id,
    coalesce(result->'deliveries'->place->>'state', job.state) as state) delivery`;

/** What the state of a job says of its deliveries: those of one that is done are, and a dead one has no pending. */
const JOB_STATES: Record<JobState, readonly JobState[]> = {
  pending: ['pending'],
  done: ['pending', 'done', 'dead'],
  dead: ['pending', 'dead'],
};

function conditionsOf({ id, webhookId, state, afterId }: DeliveryFilter, values: unknown[]): string {
  const conditions: string[] = [];
  const also = (condition: string, value: unknown) =>
    conditions.push(condition.replaceAll('?', `$${values.push(value)}`));
  also('queue = ?', DELIVERY_QUEUE);
  if (webhookId !== undefined) also('lane = ?', webhookId);
  if (state !== undefined) also('job.state = any(?)', JOB_STATES[state]);
  if (state !== undefined) also('delivery.state = ?', state);
  if (id !== undefined) also('job.id = any(?::uuid[])', [id, jobIdOf(id)]);
  if (id !== undefined) also('delivery.id = ?::uuid', id);
  if (afterId !== undefined) also('job.id <= ?::uuid and delivery.id < ?::uuid', afterId);
  return conditions.join(' and ');
}

/** Finds deliveries, newest first. */
async function readRows(world: World, filter: DeliveryFilter): Promise<Row[]> {
  const { pool } = world.store;
  const values: unknown[] = [filter.limit];
  const where = conditionsOf(filter, values);
  const { rows } = await pool.query<StoredRow>(
    `${DELIVERIES} where ${where} order by job.id desc, place desc limit $1`,
    values,
  );
  const contents = await readContents(pool, rows);
  return rows.map(({ parts, result, ...row }, index) => {
    const { events: _many, ...payload } = mergedPayload(contents[index]!);
    return { ...row, payload: payload as DeliveryPayload, result: resultsOf(result)[0] ?? undefined };
  });
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

function finishedAt({ state, jobFinishedAt, result }: Row): Date | undefined {
  if (state === 'pending') return undefined;
  return result?.finishedAtMs === undefined ? (jobFinishedAt ?? undefined) : new Date(result.finishedAtMs);
}

function deliveryOf(world: World, row: Row): Delivery {
  const { id, payload, state, result, jobReason } = row;
  const isOwnEnd = result?.state !== undefined || state === 'done';
  return {
    id,
    webhookId: payload.webhookId as Uuid,
    state,
    resource: payload.resource,
    event: payload.event,
    created: row.created,
    finishedAt: finishedAt(row),
    nextTryAt: state === 'pending' ? row.runAt : undefined,
    trackingId: payload.trackingId,
    request: {
      url: payload.targetUrl,
      headers: deliveryHeaders(payload, id, shownSignature(world, payload)),
      body: bodyOf(payload),
    },
    response: result?.response,
    tries: result?.tries ?? [],
    reason: isOwnEnd ? result?.reason : (jobReason ?? undefined),
    redeliveryOf: payload.redeliveryOf,
  };
}

/** Deliveries, newest first: pending ones, delivered ones and dead letters. */
export async function listDeliveries(world: World, filter: DeliveryFilter): Promise<Delivery[]> {
  const rows = await readRows(world, filter);
  return rows.map((row) => deliveryOf(world, row));
}

/**
 * Delivers the same body once more, after what its webhook has pending, under a new delivery id.
 * @returns the id of the new delivery
 * @throws ApiError `webhook.not_found` when the delivery is unknown, or its webhook is gone
 */
export async function redeliver(world: World, deliveryId: Uuid): Promise<Uuid> {
  const [found] = await readRows(world, { id: deliveryId, limit: 1 });
  const payload = found?.payload;
  if (!payload || !(await findWebhookState(world, payload.webhookId)))
    throw new ApiError(webhookErrors['webhook.not_found']);
  const id = world.ids.uuid();
  const again: DeliveryPayload = { ...payload, redeliveryOf: deliveryId };
  await world.store.tx(async (tx) =>
    tx.enqueue({ id, queue: DELIVERY_QUEUE, lane: payload.webhookId, payload: again }),
  );
  return id;
}
