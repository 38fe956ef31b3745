import type { Ids, Limits, RandomBytes, WorldClock } from '@moothall/core';
import type { Blobs, Store } from '@moothall/store';
import type { Logger } from 'pino';
import type { Caches } from './caches.ts';
import type { Mailer } from './mailer/index.ts';
import type { Outbound } from './outbound/index.ts';
import type { ResourceOf } from './resource-types.ts';
import type { SecretBox } from './secret-box.ts';
import type { TraceRing } from './trace-ring.ts';

/** What a deployment decides about a world. */
export type WorldConfig = {
  mode: 'lab' | 'production';
  behaviour: 'faq' | 'cloud';
  /** Base of absolute URLs where no request gives one, such as in webhooks; no slash at the end. */
  publicUrl: string;
  /** Shown with errors and on pages (F1). */
  supportContact: string;
  /** Domain of bots' addresses. */
  botDomain: string;
  /** Ask for rate limits; off in the lab. */
  rateLimits: boolean;
};

/** Everything that a world is made of, passed to whoever needs it; there is no other state. */
export type World = {
  config: WorldConfig;
  clock: WorldClock;
  /** Monotonic milliseconds, for time-outs and measures only. */
  monotonicMs: () => number;
  ids: Ids;
  random: RandomBytes;
  store: Store;
  blobs: Blobs;
  outbound: Outbound;
  /** Hands mails to the operator's mail server; absent: mails stay in the outbox. */
  mailer?: Mailer;
  limits: Limits;
  caches: Caches;
  /** Encrypts secrets at rest. */
  secrets: SecretBox;
  traces: TraceRing;
  log: Logger;
  /** The registry: whatever lists resources iterates it. */
  resources: readonly ResourceOf<World>[];
  /**
   * What the lab does to a webhook delivery: not sent, or sent twice. Set by the lab only.
   * @param delivery creator and app of its webhook
   */
  deliveryFault?: (delivery: { personId: string; appId: string }) => 'dropped' | 'duplicated' | undefined;
};
