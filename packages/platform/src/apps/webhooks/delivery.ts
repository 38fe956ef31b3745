import type { Uuid } from '@moothall/core';
import { type ClaimedJob, type JobContent, mergedPayload } from '@moothall/store';

/** Queue of the deliveries; its lanes are webhooks. */
export const DELIVERY_QUEUE = 'webhooks.deliver';

/** What all deliveries of a webhook have in common that come from one kind of event: a part of their payloads. */
export type WebhookPart = {
  webhookId: string;
  targetUrl: string;
  resource: string;
  event: string;
  /** Where the body begins: JSON without its end. */
  head: string;
  /** What its bodies were to be signed with when the event was dispatched, sealed; absent without a secret. */
  secret?: string | undefined;
};

/** What all deliveries of an event have in common: a part of their payloads. */
export type EventPart = {
  /** How the body ends, the comma before it included. */
  tail: string;
  trackingId: string;
};

/**
 * The own payload of a job of many: how many events it delivers, all of one kind. Its parts are that of the webhook
 * and those of the events in their order.
 */
export type ManyPayload = { events: number };

/** A delivery's own, where it has a job to itself. */
type OwnOfOne = {
  /** Of the body, where it was made when the event was dispatched, as earlier releases did. */
  signature?: string;
  /** The delivery that this one repeats. */
  redeliveryOf?: string;
};

/** The body in one; deliveries that were asked for before bodies had parts have it so. */
type WholeBody = { body: string; head?: undefined; tail?: undefined };

/** All that a delivery sends, fixed when its event was dispatched: later changes do not alter it. */
export type DeliveryPayload = OwnOfOne &
  ((WebhookPart & EventPart) | (Omit<WebhookPart, 'head'> & Pick<EventPart, 'trackingId'> & WholeBody));

/** How many deliveries a job has; one that was asked for again, or by an earlier release, has its job to itself. */
export function deliveriesIn({ payload }: Pick<JobContent, 'payload'>): number {
  return (payload as Partial<ManyPayload>).events ?? 1;
}

/** What is sent at a place of a job. */
export function deliveryAt(job: JobContent, place: number): DeliveryPayload {
  if (job.payload.events === undefined) return mergedPayload(job) as DeliveryPayload;
  const { webhookId, targetUrl, resource, event, head, secret } = job.parts[0] as WebhookPart;
  const { tail, trackingId } = job.parts[place + 1] as EventPart;
  return { webhookId, targetUrl, resource, event, head, secret, tail, trackingId };
}

/** Hex digits at the end of an id that tell a place in a job: enough for 4096 deliveries. */
const PLACE_DIGITS = 3;

/** The id of a job of many, from one that is new or from that of one of its deliveries. */
export function jobIdOf(id: Uuid): Uuid {
  return (id.slice(0, -PLACE_DIGITS) + '0'.repeat(PLACE_DIGITS)) as Uuid;
}

/** The id of the delivery at a place of a job; that of the job where it is the only one. */
export function deliveryIdAt({ id, payload }: Pick<ClaimedJob, 'id' | 'payload'>, place: number): Uuid {
  if (payload.events === undefined) return id as Uuid;
  return (id.slice(0, -PLACE_DIGITS) + place.toString(16).padStart(PLACE_DIGITS, '0')) as Uuid;
}

/** The exact text that is sent, in UTF-8. */
export function bodyOf(payload: DeliveryPayload): string {
  return payload.head === undefined ? payload.body : payload.head + payload.tail;
}

/** One try of a delivery. */
export type DeliveryTry = {
  at: string;
  durationMs: number;
  /** Of the answer; absent when there was none. */
  status?: number;
  /** Why there was no answer. */
  error?: { code: string; message: string };
};

/** What is kept of a delivery's tries; secrets are not in it. */
export type DeliveryResult = {
  tries: DeliveryTry[];
  /** The last answer, its body cut. */
  response?: { status: number; headers: Record<string, string>; body: string };
  /** How it ended, and when; absent while it is to be tried again. */
  state?: 'done' | 'dead';
  finishedAtMs?: number;
  /** Why it was given up. */
  reason?: string;
};

/** What is kept of a job: of its deliveries up to the one in hand, and why those behind it were given up. */
type DeliveryJobResult =
  | { deliveries: DeliveryResult[]; reason?: string }
  | (DeliveryResult & { deliveries?: undefined })
  | { deliveries?: undefined; tries?: undefined; reason: string };

/** The results of deliveries in the order of their job, as far as there are any. */
export function resultsOf(result: Record<string, unknown> | null): DeliveryResult[] {
  const kept = result as DeliveryJobResult | null;
  if (kept?.deliveries) return kept.deliveries;
  return kept?.tries ? [kept] : [];
}

/** Headers of a delivery; the id is for targets that must not take one twice. */
export function deliveryHeaders(
  { trackingId }: DeliveryPayload,
  deliveryId: string,
  signature: string | undefined,
): Record<string, string> {
  return {
    'Content-Type': 'application/json;charset=UTF-8',
    TrackingID: trackingId,
    'X-Moothall-Delivery': deliveryId,
    ...(signature !== undefined && { 'X-Spark-Signature': signature }),
  };
}
