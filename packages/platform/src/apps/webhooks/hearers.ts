import type { PersonType } from '@moothall/contract';
import type { StoredEvent, Tx } from '@moothall/store';
import { sql } from 'kysely';
import type { WebhookSource } from '../../resource.ts';
import { ALL, isFor } from './webhook-sources.ts';
import type { StoredFilter } from './webhooks.table.ts';

/** A webhook as dispatch needs it. */
export type ListeningWebhook = {
  id: string;
  orgId: string;
  createdBy: string;
  creatorType: PersonType;
  appId: string;
  ownedBy: 'creator' | 'org';
  name: string;
  targetUrl: string;
  resource: string;
  event: string;
  filter: string | null;
  filters: readonly StoredFilter[];
  secret: string | null;
  created: Date;
  tx: string;
};

/** An event with the source that speaks for it. */
export type SourcedEvent = { event: StoredEvent; source: WebhookSource };

type Row = ListeningWebhook & { roomId: string | null; joined: Date | null };

const COLUMNS =
  sql.raw(`w.id, w.org_id as "orgId", w.created_by as "createdBy", w.creator_type as "creatorType",
  w.app_id as "appId", w.owned_by as "ownedBy", w.name, w.target_url as "targetUrl", w.resource, w.event,
  w.filter, w.filters, w.secret, w.created, w.tx::text as tx`);

/** Webhooks of the people in some rooms, of some people, and org-wide ones of some organisations: one statement. */
async function candidates(
  tx: Tx,
  asked: { roomIds: string[]; personIds: string[]; orgIds: string[]; resources: string[] },
): Promise<Row[]> {
  const active = sql`w.status = 'active' and w.resource = any(${asked.resources}::text[])`;
  const { rows } = await sql<Row>`
    select m.room_id as "roomId", m.created as joined, ${COLUMNS}
    from membership m join webhook w on w.created_by = m.person_id
    where m.room_id = any(${asked.roomIds}::uuid[]) and w.owned_by = 'creator' and ${active}
    union all
    select null, null, ${COLUMNS} from webhook w
    where w.created_by = any(${asked.personIds}::uuid[]) and w.owned_by = 'creator' and ${active}
    union all
    select null, null, ${COLUMNS} from webhook w
    where w.org_id = any(${asked.orgIds}::uuid[]) and w.owned_by = 'org' and ${active}`.execute(tx.db);
  return rows;
}

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

function byRoom(rows: readonly Row[]): Map<string | null, Row[]> {
  const rooms = new Map<string | null, Row[]>();
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
 * Finds who hears events: members of the event's room as they are now, though not who joined after
 * it, hearers that its source names, and org-wide webhooks of its organisation. Oldest webhook first.
 */
export async function findHearers(
  tx: Tx,
  events: readonly SourcedEvent[],
): Promise<(event: SourcedEvent) => ListeningWebhook[]> {
  const extra = new Map(events.map(({ event, source }) => [event, source.alsoHeardBy?.(event) ?? []]));
  const rows = await candidates(tx, {
    roomIds: unique(events.map(({ event }) => event.roomId)),
    personIds: unique([...extra.values()].flat()),
    orgIds: unique(events.map(({ event }) => event.orgId)),
    resources: [...unique(events.map(({ source }) => source.resource)), ALL],
  });
  const personal = rows.filter((row) => row.ownedBy === 'creator' && row.roomId === null);
  const orgWide = rows.filter((row) => row.ownedBy === 'org');
  const inRooms = byRoom(rows);
  return (sourced) => {
    const { event } = sourced;
    const named = extra.get(event) ?? [];
    const found = [
      ...(inRooms.get(event.roomId) ?? []).filter((row) => row.joined! <= event.at),
      ...personal.filter((row) => named.includes(row.createdBy)),
      ...orgWide.filter((row) => row.orgId === event.orgId),
    ].filter((row) => hears(row, sourced));
    const byId = new Map(found.map((row) => [row.id, row]));
    return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  };
}
