import type { Uuid } from '@moothall/core';

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
  secret?: string;
};

/** What all deliveries of an event have in common. */
export type EventPart = {
  /** How the body ends, the comma before it included. */
  tail: string;
  trackingId: string;
};

/** The part of payloads that tells of one event, by its number in the log. */
export type NumberedEvent = { [seq: number]: EventPart };

/** A job's own: the numbers of the events that it delivers, in their order. */
export type OwnPayload = { events: readonly number[] };

/** Deliveries of one webhook that follow each other, as one job: all of one kind of event. */
type ManyPayload = WebhookPart & NumberedEvent & OwnPayload;

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

/** The payload of a job of the queue: many deliveries, or one that was asked for again or by an earlier release. */
export type DeliveryJobPayload = ManyPayload | (DeliveryPayload & { events?: undefined });

/** How many deliveries a job has. */
export function deliveriesIn({ events }: DeliveryJobPayload): number {
  return events === undefined ? 1 : events.length;
}

/** What is sent at a place of a job. */
export function deliveryAt(payload: DeliveryJobPayload, place: number): DeliveryPayload {
  if (payload.events === undefined) return payload;
  const { webhookId, targetUrl, resource, event, head, secret } = payload;
  const { tail, trackingId } = payload[payload.events[place]!]!;
  const one = { webhookId, targetUrl, resource, event, head, tail, trackingId };
  return secret === undefined ? one : { ...one, secret };
}

/** Hex digits at the end of an id that tell a place in a job: enough for 4096 deliveries. */
const PLACE_DIGITS = 3;

/** The id of a job of many, from one that is new or from that of one of its deliveries. */
export function jobIdOf(id: Uuid): Uuid {
  return (id.slice(0, -PLACE_DIGITS) + '0'.repeat(PLACE_DIGITS)) as Uuid;
}

/** The id of the delivery at a place of a job; that of the job where it is the only one. */
export function deliveryIdAt(jobId: string, { events }: DeliveryJobPayload, place: number): Uuid {
  if (events === undefined) return jobId as Uuid;
  return (jobId.slice(0, -PLACE_DIGITS) + place.toString(16).padStart(PLACE_DIGITS, '0')) as Uuid;
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
  finishedAt?: string;
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
