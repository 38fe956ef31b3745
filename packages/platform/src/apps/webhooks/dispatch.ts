import { encodeWireId } from '@moothall/core';
import type { NewJob, ReaderSpec, StoredEvent } from '@moothall/store';
import type { World } from '../../world.ts';
import { DELIVERY_QUEUE, type EventPart, jobIdOf, type ManyPayload, type WebhookPart } from './delivery.ts';
import type { ListeningWebhook } from './hearers.store.ts';
import { findHearers, type SourcedEvent } from './hearers.ts';
import { webhookSources } from './webhook-sources.ts';
import { hasActiveWebhooks } from './webhook-state.ts';

/** Events of one transaction at most, far from the places that a job has, and deliveries about: while some are
 *  written, those before them are sent. */
const EVENTS_MAX = 100;
const DELIVERIES = 1024;

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

/** Deliveries of one webhook, of events of one kind that follow each other. */
type Run = { kind: string; payload: ManyPayload; parts: (WebhookPart | EventPart)[] };

/** Collects the deliveries of one batch: one job for each run of a webhook, in the order of its events. */
function createJobs(world: World) {
  const parts = new Map<string, WebhookPart>();
  const running = new Map<string, Run>();
  const jobs: NewJob[] = [];

  function begin(webhook: ListeningWebhook, event: StoredEvent, kind: string): Run {
    const part = parts.get(`${webhook.id} ${kind}`) ?? partOf(webhook, event);
    parts.set(`${webhook.id} ${kind}`, part);
    const run: Run = { kind, payload: { events: 0 }, parts: [part] };
    running.set(webhook.id, run);
    const { payload, parts: shared } = run;
    const id = jobIdOf(world.ids.uuid());
    jobs.push({ id, queue: DELIVERY_QUEUE, lane: webhook.id, payload, parts: shared });
    return run;
  }

  return {
    jobs,
    add(webhook: ListeningWebhook, event: StoredEvent, part: EventPart): void {
      const kind = `${event.resource} ${event.event}`;
      const last = running.get(webhook.id);
      const run = last?.kind === kind ? last : begin(webhook, event, kind);
      run.payload.events += 1;
      run.parts.push(part);
    },
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
    const { jobs, add } = createJobs(world);
    let asked = 0;
    for (const one of sourced) {
      const hearers = hearersOf(one);
      asked += hearers.length;
      const tail = hearers.length > 0 ? shownTail(world, one) : undefined;
      if (tail === undefined) continue;
      const trackingId = one.event.traceId ?? `ROUTER_${world.ids.uuid().toUpperCase()}`;
      const part: EventPart = { tail, trackingId };
      for (const webhook of hearers) add(webhook, one.event, part);
    }
    for (const job of jobs) tx.enqueue(job);
    hearersPerEvent = Math.max(1, asked / sourced.length);
  };

  const batchSize = () => Math.max(1, Math.min(EVENTS_MAX, Math.round(DELIVERIES / hearersPerEvent)));
  const pass = {
    isLikely: async () => !(await hasActiveWebhooks(world)),
    condition: "not exists (select from webhook where status = 'active')",
  };
  return { name: 'webhooks', handle, batchSize, pass };
}
