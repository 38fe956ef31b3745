import { encodeWireId } from '@moothall/core';
import type { NewJob, ReaderSpec, StoredEvent } from '@moothall/store';
import type { World } from '../../world.ts';
import { DELIVERY_QUEUE, type EventPart, type OwnPayload, type WebhookPart } from './delivery.ts';
import type { ListeningWebhook } from './hearers.store.ts';
import { findHearers, type SourcedEvent } from './hearers.ts';
import { webhookSources } from './webhook-sources.ts';
import { hasActiveWebhooks } from './webhook-state.ts';

/** Events of one transaction at most, and deliveries about: while one is written, those before it are sent. */
const EVENTS_MAX = 100;
const DELIVERIES = 1024;

/** All that a delivery needs it shares with others. */
const NOTHING_OWN: OwnPayload = {};

/** What the bodies of one webhook share, as JSON without its end. Keys in the order of the real service. */
function headOf(webhook: ListeningWebhook, event: StoredEvent): string {
  return JSON.stringify({
    id: encodeWireId('WEBHOOK', webhook.id),
    name: webhook.name,
    targetUrl: webhook.targetUrl,
    resource: event.resource,
    event: event.event,
    ...(webhook.filter !== null && { filter: webhook.filter }),
    orgId: encodeWireId('ORGANIZATION', webhook.orgId),
    createdBy: encodeWireId('PEOPLE', webhook.createdBy),
    appId: encodeWireId('APPLICATION', webhook.appId),
    ownedBy: webhook.ownedBy,
    status: 'active',
    created: webhook.created.toISOString(),
  }).slice(0, -1);
}

/** What the bodies of one event share, as JSON without its start. */
function tailOf(event: StoredEvent, data: Record<string, unknown>): string {
  const actor = event.actorId === null ? {} : { actorId: encodeWireId('PEOPLE', event.actorId) };
  return `,${JSON.stringify({ ...actor, data }).slice(1)}`;
}

function partOf(webhook: ListeningWebhook, event: StoredEvent): WebhookPart {
  const { id: webhookId, targetUrl, secret } = webhook;
  const { resource, event: happened } = event;
  const part = { webhookId, targetUrl, resource, event: happened, head: headOf(webhook, event) };
  return secret === null ? part : { ...part, secret };
}

/** Makes the jobs of one batch, where many events are for the same webhook. */
function jobsOf() {
  const parts = new Map<string, WebhookPart>();
  return (webhook: ListeningWebhook, event: StoredEvent, eventPart: EventPart): NewJob => {
    const key = `${webhook.id} ${event.resource} ${event.event}`;
    const part = parts.get(key) ?? partOf(webhook, event);
    parts.set(key, part);
    return { queue: DELIVERY_QUEUE, lane: webhook.id, payload: NOTHING_OWN, parts: [part, eventPart] };
  };
}

/** Undefined, and logged, when the source cannot show an event: one odd event must not hold up the rest. */
function shownTail(world: World, { event, source }: SourcedEvent): string | undefined {
  try {
    return tailOf(event, source.present(event, world.config.publicUrl));
  } catch (error) {
    world.log.error({ err: error, resource: event.resource, seq: event.seq }, 'event cannot be presented');
    return undefined;
  }
}

/** The reader that makes deliveries of events, in the transaction that moves its cursor. */
export function createDispatcher(world: World): ReaderSpec {
  const sources = webhookSources(world);
  let hearersPerEvent = 1;

  const handle: ReaderSpec['handle'] = async (events, tx) => {
    const sourced = events.flatMap((event): SourcedEvent[] => {
      const source = sources.get(event.resource);
      return source?.events.includes(event.event) ? [{ event, source }] : [];
    });
    if (sourced.length === 0) return;
    const hearersOf = await findHearers(tx, sourced);
    const jobOf = jobsOf();
    let asked = 0;
    for (const one of sourced) {
      const hearers = hearersOf(one);
      asked += hearers.length;
      const tail = hearers.length > 0 ? shownTail(world, one) : undefined;
      if (tail === undefined) continue;
      const trackingId = one.event.traceId ?? `ROUTER_${world.ids.uuid().toUpperCase()}`;
      const eventPart = { tail, trackingId };
      for (const webhook of hearers) tx.enqueue(jobOf(webhook, one.event, eventPart));
    }
    hearersPerEvent = Math.max(1, asked / sourced.length);
  };

  const batchSize = () => Math.max(1, Math.min(EVENTS_MAX, Math.round(DELIVERIES / hearersPerEvent)));
  const pass = {
    isLikely: async () => !(await hasActiveWebhooks(world)),
    condition: "not exists (select from webhook where status = 'active')",
  };
  return { name: 'webhooks', handle, batchSize, pass };
}
