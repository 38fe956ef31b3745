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

/** What all deliveries of an event have in common: a part of their payloads. */
export type EventPart = {
  /** How the body ends, the comma before it included. */
  tail: string;
  trackingId: string;
};

/** A delivery's own. */
export type OwnPayload = {
  /** Of the body, where it was made when the event was dispatched, as earlier releases did. */
  signature?: string;
  /** The delivery that this one repeats. */
  redeliveryOf?: string;
};

/** The body in one; deliveries that were asked for before bodies had parts have it so. */
type WholeBody = { body: string; head?: undefined; tail?: undefined };

/** All that a delivery sends, fixed when its event was dispatched: later changes do not alter it. */
export type DeliveryPayload = OwnPayload &
  ((WebhookPart & EventPart) | (Omit<WebhookPart, 'head'> & Pick<EventPart, 'trackingId'> & WholeBody));

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
  /** Why it was given up. */
  reason?: string;
};

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
