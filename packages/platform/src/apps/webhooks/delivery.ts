/** Queue of the deliveries; its lanes are webhooks. */
export const DELIVERY_QUEUE = 'webhooks.deliver';

/** All that a delivery sends, fixed when its event was dispatched: later changes do not alter it. */
export type DeliveryPayload = {
  webhookId: string;
  targetUrl: string;
  resource: string;
  event: string;
  trackingId: string;
  /** The exact bytes, in UTF-8. */
  body: string;
  /** Of the body; absent for a webhook without a secret. */
  signature?: string;
  /** The delivery that this one repeats. */
  redeliveryOf?: string;
};

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
  { trackingId, signature }: DeliveryPayload,
  deliveryId: string,
): Record<string, string> {
  return {
    'Content-Type': 'application/json;charset=UTF-8',
    TrackingID: trackingId,
    'X-Moothall-Delivery': deliveryId,
    ...(signature !== undefined && { 'X-Spark-Signature': signature }),
  };
}
