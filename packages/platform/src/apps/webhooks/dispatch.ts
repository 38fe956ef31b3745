import { createHmac } from 'node:crypto';
import { encodeWireId } from '@moothall/core';
import type { ReaderSpec, StoredEvent } from '@moothall/store';
import type { World } from '../../world.ts';
import { DELIVERY_QUEUE, type DeliveryPayload } from './delivery.ts';
import { findHearers, type ListeningWebhook, type SourcedEvent } from './hearers.ts';
import { webhookSources } from './webhook-sources.ts';
import { hasActiveWebhooks } from './webhook-state.ts';

/** Keys in the order of the real service. */
function bodyOf(webhook: ListeningWebhook, event: StoredEvent, data: Record<string, unknown>): string {
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
    ...(event.actorId !== null && { actorId: encodeWireId('PEOPLE', event.actorId) }),
    data,
  });
}

function payloadOf(
  world: World,
  webhook: ListeningWebhook,
  event: StoredEvent,
  data: Record<string, unknown>,
): DeliveryPayload {
  const body = bodyOf(webhook, event, data);
  const secret = webhook.secret === null ? undefined : world.secrets.open(webhook.secret);
  return {
    webhookId: webhook.id,
    targetUrl: webhook.targetUrl,
    resource: event.resource,
    event: event.event,
    trackingId: event.traceId ?? `ROUTER_${world.ids.uuid().toUpperCase()}`,
    body,
    ...(secret !== undefined && { signature: createHmac('sha1', secret).update(body).digest('hex') }),
  };
}

/** What a source shows of an event; undefined, and logged, when it cannot: one odd event must not hold up the rest. */
function dataOf(world: World, { event, source }: SourcedEvent): Record<string, unknown> | undefined {
  try {
    return source.present(event, world.config.publicUrl);
  } catch (error) {
    world.log.error({ err: error, resource: event.resource, seq: event.seq }, 'event cannot be presented');
    return undefined;
  }
}

/** The reader that makes deliveries of events, in the transaction that moves its cursor. */
export function createDispatcher(world: World): ReaderSpec {
  const sources = webhookSources(world);

  const handle: ReaderSpec['handle'] = async (events, tx) => {
    const sourced = events.flatMap((event): SourcedEvent[] => {
      const source = sources.get(event.resource);
      return source?.events.includes(event.event) ? [{ event, source }] : [];
    });
    if (sourced.length === 0 || !(await hasActiveWebhooks(world))) return;
    const hearersOf = await findHearers(tx, sourced);
    for (const one of sourced) {
      const hearers = hearersOf(one);
      const data = hearers.length > 0 ? dataOf(world, one) : undefined;
      if (!data) continue;
      for (const webhook of hearers) {
        const payload = payloadOf(world, webhook, one.event, data);
        tx.enqueue({ queue: DELIVERY_QUEUE, lane: webhook.id, payload });
      }
    }
  };

  return { name: 'webhooks', handle };
}
