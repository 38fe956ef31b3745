import type { StoredEvent, Tx } from '@moothall/store';
import type { WebhookSource } from '../../resource.ts';
import { type Candidate, findCandidates, type ListeningWebhook } from './hearers.store.ts';
import { ALL, isFor } from './webhook-sources.ts';

/** An event with the source that speaks for it. */
export type SourcedEvent = { event: StoredEvent; source: WebhookSource };

/** A webhook's transaction orders it among the events; after a restore, whose numbers begin anew, its age does. */
const SURELY_OLDER_MS = 60_000;

function isOlder(webhook: ListeningWebhook, event: StoredEvent): boolean {
  if (event.at.getTime() - webhook.created.getTime() > SURELY_OLDER_MS) return true;
  return BigInt(webhook.tx) < BigInt(event.tx);
}

function hears(webhook: ListeningWebhook, { event, source }: SourcedEvent): boolean {
  if (!isFor(webhook, source, event.event) || !isOlder(webhook, event)) return false;
  const hearer = { personId: webhook.createdBy, type: webhook.creatorType };
  if (source.mayHear && !source.mayHear(event, hearer)) return false;
  return webhook.filters.every(([name, value]) => source.filters[name]?.matches(event.data, value) ?? false);
}

/** Whether the person was in the room when it happened. */
function wasThere({ joined, left }: Candidate, { at, tx, seq }: StoredEvent): boolean {
  if (joined === null || joined > at) return false;
  if (left === null) return true;
  return tx === left.tx ? seq < left.seq : BigInt(tx) < BigInt(left.tx);
}

function byRoom(rows: readonly Candidate[]): Map<string | null, Candidate[]> {
  const rooms = new Map<string | null, Candidate[]>();
  for (const row of rows) {
    if (row.roomId === null) continue;
    const known = rooms.get(row.roomId);
    if (known) known.push(row);
    else rooms.set(row.roomId, [row]);
  }
  return rooms;
}

function unique(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

/**
 * Finds who hears events: who was in the event's room when it happened, hearers that its source
 * names, and org-wide webhooks of its organisation. Oldest webhook first.
 */
export async function findHearers(
  tx: Tx,
  events: readonly SourcedEvent[],
): Promise<(event: SourcedEvent) => ListeningWebhook[]> {
  const extra = new Map(events.map(({ event, source }) => [event, source.alsoHeardBy?.(event) ?? []]));
  const rows = await findCandidates(tx, {
    roomIds: unique(events.map(({ event }) => event.roomId)),
    personIds: unique([...extra.values()].flat()),
    orgIds: unique(events.map(({ event }) => event.orgId)),
    since: events[0]!.event,
    resources: [...unique(events.map(({ source }) => source.resource)), ALL],
  });
  const personal = rows.filter((row) => row.ownedBy === 'creator' && row.roomId === null);
  const orgWide = rows.filter((row) => row.ownedBy === 'org');
  const inRooms = byRoom(rows);
  return (sourced) => {
    const { event } = sourced;
    const named = extra.get(event) ?? [];
    const found = [
      ...(inRooms.get(event.roomId) ?? []).filter((row) => wasThere(row, event)),
      ...personal.filter((row) => named.includes(row.createdBy)),
      ...orgWide.filter((row) => row.orgId === event.orgId),
    ].filter((row) => hears(row, sourced));
    const byId = new Map(found.map((row) => [row.id, row]));
    return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  };
}
