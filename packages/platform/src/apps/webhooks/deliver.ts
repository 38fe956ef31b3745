import type { ClaimedJob, HandlerResult, QueueSpec } from '@moothall/store';
import { OutboundError, type OutboundResponse } from '../../outbound/index.ts';
import type { World } from '../../world.ts';
import {
  bodyOf,
  DELIVERY_QUEUE,
  type DeliveryPayload,
  type DeliveryResult,
  type DeliveryTry,
  deliveryHeaders,
} from './delivery.ts';
import { recordFailure } from './failures.ts';
import { signatureOf } from './signature.ts';
import { findWebhookState } from './webhook-state.ts';

/** Many lanes, since each may wait for a dead target; few jobs of each, since their bodies are in memory. */
const LANES = 512;
const JOBS_PER_LANE = 64;
/** A busy webhook gets delivery after delivery: its lane need not be claimed for each. */
const LINGER_MS = 200;

type Attempt = Pick<DeliveryResult, 'response'> & { try: DeliveryTry; succeeded: boolean };

function keptResponse(
  world: World,
  { status, headers, body }: OutboundResponse,
): NonNullable<DeliveryResult['response']> {
  const kept = body.subarray(0, world.limits.get('webhook.response_kept'));
  return { status, headers, body: kept.toString('utf8') };
}

async function send(world: World, payload: DeliveryPayload, deliveryId: string): Promise<Attempt> {
  const at = world.clock.now().toISOString();
  const startedMs = world.monotonicMs();
  const durationMs = () => Math.round((world.monotonicMs() - startedMs) * 10) / 10;
  try {
    const response = await world.outbound.request({
      kind: 'webhook',
      url: payload.targetUrl,
      method: 'POST',
      headers: deliveryHeaders(payload, deliveryId, signatureOf(world, payload)),
      body: bodyOf(payload),
      timeoutMs: world.limits.get('webhook.timeout'),
      maxResponseBytes: world.limits.get('webhook.response_read'),
    });
    const { status } = response;
    return {
      response: keptResponse(world, response),
      try: { at, durationMs: durationMs(), status },
      succeeded: status >= 200 && status < 300,
    };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const failure = { code: error.code, message: error.message };
    return { try: { at, durationMs: durationMs(), error: failure }, succeeded: false };
  }
}

function nextTryAt(world: World, attempt: number): Date {
  const delayS = world.limits.get(attempt === 1 ? 'webhook.second_try_after' : 'webhook.later_try_after');
  return new Date(world.clock.nowMs() + delayS * 1000);
}

async function judge(
  world: World,
  job: ClaimedJob,
  attempt: number,
  result: DeliveryResult,
): Promise<HandlerResult> {
  const isLast = attempt >= world.limits.get('webhook.tries');
  const { webhookId } = job.payload as DeliveryPayload;
  if (await recordFailure(world, webhookId, { deliveryId: job.id, isLast }))
    return { dead: { ...result, reason: 'webhook inactive' } };
  if (isLast) return { dead: { ...result, reason: 'all tries failed' } };
  return { retryAt: nextTryAt(world, attempt), result };
}

async function deliver(world: World, job: ClaimedJob, attempt: number): Promise<HandlerResult> {
  const payload = job.payload as DeliveryPayload;
  const before = job.result as DeliveryResult | null;
  const state = await findWebhookState(world, payload.webhookId);
  if (state?.status !== 'active')
    return { dead: { tries: [], ...before, reason: state ? 'webhook inactive' : 'webhook deleted' } };
  const fault = world.deliveryFault?.({ personId: state.createdBy, appId: state.appId });
  if (fault === 'dropped') return { dead: { tries: [], ...before, reason: 'dropped by a fault of the lab' } };
  if (fault === 'duplicated') await send(world, payload, job.id);
  const { try: tried, succeeded, response } = await send(world, payload, job.id);
  const tries = [...(before?.tries ?? []), tried];
  const result = { tries, ...(response && { response }) };
  return succeeded ? { done: result } : judge(world, job, attempt, result);
}

/**
 * The worker of deliveries: strictly in order per webhook, a failing one holds those behind it until
 * its last try; webhooks never wait for each other.
 */
export function deliveryQueue(world: World): QueueSpec {
  return {
    queue: DELIVERY_QUEUE,
    lanes: LANES,
    jobsPerLane: JOBS_PER_LANE,
    lingerMs: LINGER_MS,
    run: (job, attempt) => deliver(world, job, attempt),
  };
}
