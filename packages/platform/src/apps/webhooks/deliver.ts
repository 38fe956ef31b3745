import type { ClaimedJob, HandlerResult, JobProgress, QueueSpec } from '@moothall/store';
import { OutboundError, type OutboundResponse } from '../../outbound/index.ts';
import type { World } from '../../world.ts';
import {
  bodyOf,
  DELIVERY_QUEUE,
  type DeliveryPayload,
  type DeliveryResult,
  type DeliveryTry,
  deliveriesIn,
  deliveryAt,
  deliveryHeaders,
  deliveryIdAt,
  resultsOf,
} from './delivery.ts';
import { recordFailure } from './failures.ts';
import { signatureOf } from './signature.ts';
import { findWebhookState } from './webhook-state.ts';

/** Many lanes, since each may wait for a dead target; few jobs of each, since their bodies are in memory. */
const LANES = 512;
const JOBS_PER_LANE = 8;
/** A busy webhook gets delivery after delivery: its lane need not be claimed for each. */
const LINGER_MS = 200;

type Attempt = Pick<DeliveryResult, 'response'> & { try: DeliveryTry; succeeded: boolean };

function keptResponse(
  world: World,
  { status, headers, body }: OutboundResponse,
): NonNullable<DeliveryResult['response']> {
  const kept = body.length === 0 ? '' : body.toString('utf8', 0, world.limits.get('webhook.response_kept'));
  return { status, headers, body: kept };
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

/** One delivery in hand. */
type InHand = {
  jobId: string;
  id: string;
  /** How many deliveries of its job have been begun with it. */
  reached: number;
  payload: DeliveryPayload;
  /** What its tries before this one left. */
  before: DeliveryResult | undefined;
};

/** How a delivery stands after a try; one that is to be tried again says when. */
type Tried = { result: DeliveryResult; retryAt?: Date };

function givenUp(world: World, result: DeliveryResult | undefined, reason: string): Tried {
  return { result: { tries: [], ...result, state: 'dead', reason, finishedAtMs: world.clock.nowMs() } };
}

async function judge(world: World, { jobId, reached, payload }: InHand, result: DeliveryResult) {
  const attempt = result.tries.length;
  const isLast = attempt >= world.limits.get('webhook.tries');
  if (await recordFailure(world, payload.webhookId, { jobId, reached, isLast }))
    return givenUp(world, result, 'webhook inactive');
  if (isLast) return givenUp(world, result, 'all tries failed');
  return { result, retryAt: nextTryAt(world, attempt) };
}

async function deliver(world: World, inHand: InHand): Promise<Tried> {
  const { payload, id, before } = inHand;
  const state = await findWebhookState(world, payload.webhookId);
  if (state?.status !== 'active')
    return givenUp(world, before, state ? 'webhook inactive' : 'webhook deleted');
  const fault = world.deliveryFault?.({ personId: state.createdBy, appId: state.appId });
  if (fault === 'dropped') return givenUp(world, before, 'dropped by a fault of the lab');
  if (fault === 'duplicated') await send(world, payload, id);
  const { try: tried, succeeded, response } = await send(world, payload, id);
  const tries = before ? [...before.tries, tried] : [tried];
  if (succeeded && response)
    return { result: { tries, response, state: 'done', finishedAtMs: world.clock.nowMs() } };
  return judge(world, inHand, response ? { tries, response } : { tries });
}

/** What fails on this side is a failed try too, though none of the target's; those behind it are not lost for it. */
async function deliverSafely(world: World, inHand: InHand): Promise<Tried> {
  try {
    return await deliver(world, inHand);
  } catch (error) {
    const { webhookId } = inHand.payload;
    world.log.error({ err: error, webhookId, deliveryId: inHand.id }, 'a delivery failed on this side');
    const failure = { code: 'internal', message: 'it failed on this server' };
    const failed = { at: world.clock.now().toISOString(), durationMs: 0, error: failure };
    const tries = [...(inHand.before?.tries ?? []), failed];
    if (tries.length >= world.limits.get('webhook.tries'))
      return givenUp(world, { tries }, 'all tries failed');
    return { result: { tries }, retryAt: nextTryAt(world, tries.length) };
  }
}

/** Makes the deliveries of a job one by one, from where an earlier try of it came to. */
async function deliverAll(world: World, job: ClaimedJob, progress: JobProgress): Promise<HandlerResult> {
  const deliveries = resultsOf(job.result);
  const result = { deliveries };
  const hasBegun = deliveries.length > 0 && deliveries.at(-1)!.state === undefined;
  const first = deliveries.length - (hasBegun ? 1 : 0);
  for (let place = first; place < deliveriesIn(job); place++) {
    if (place > first && progress.isOver()) return { retryAt: world.clock.now(), result };
    const tried = await deliverSafely(world, {
      jobId: job.id,
      id: deliveryIdAt(job, place),
      reached: place + 1,
      payload: deliveryAt(job, place),
      before: deliveries[place],
    });
    deliveries[place] = tried.result;
    if (tried.retryAt) return { retryAt: tried.retryAt, result };
    progress.keep(() => result);
  }
  return deliveries.every(({ state }) => state === 'done') ? { done: result } : { dead: result };
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
    run: (job, _attempt, progress) => deliverAll(world, job, progress),
  };
}
