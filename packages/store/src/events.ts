import { type Kysely, sql } from 'kysely';
import type { EventTable, KernelTables } from './kernel-tables.ts';

/** An event as a service emits it; time is added when the transaction ends. Ids are in storage form. */
export type NewEvent = {
  orgId?: string | undefined;
  roomId?: string | undefined;
  actorId?: string | undefined;
  appId?: string | undefined;
  /** Resource in the plural, as webhooks name it. */
  resource: string;
  event: 'created' | 'updated' | 'deleted' | (string & {});
  /** Id of the thing, in storage form. */
  dataId: string;
  /** What happened, without content: content is stored once, in its own row. */
  data: Record<string, unknown>;
  traceId?: string | undefined;
};

/** An event as readers get it. */
export type StoredEvent = Required<Pick<NewEvent, 'resource' | 'event' | 'dataId' | 'data'>> & {
  tx: string;
  seq: number;
  at: Date;
  orgId: string | null;
  roomId: string | null;
  actorId: string | null;
  appId: string | null;
  traceId: string | null;
};

/** A row for the event table. */
export function eventRow(
  event: NewEvent,
  at: Date,
): Omit<EventTable, 'tx' | 'seq' | 'data'> & { data: string } {
  return {
    at,
    org_id: event.orgId ?? null,
    room_id: event.roomId ?? null,
    actor_id: event.actorId ?? null,
    app_id: event.appId ?? null,
    resource: event.resource,
    event: event.event,
    data_id: event.dataId,
    data: JSON.stringify(event.data),
    trace_id: event.traceId ?? null,
  };
}

/** From here on one parameter for all rows is faster than one for each value. */
const MANY = 50;

/** Appends many events in their order, as one JSON value. */
async function appendMany(db: Kysely<KernelTables>, events: readonly NewEvent[], at: Date): Promise<void> {
  const rows = events.map((event) => ({ ...eventRow(event, at), data: event.data }));
  await sql`
    insert into event (at, org_id, room_id, actor_id, app_id, resource, event, data_id, data, trace_id)
    select ${at}::timestamptz, org_id, room_id, actor_id, app_id, resource, event, data_id, data, trace_id
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (
      org_id uuid, room_id uuid, actor_id uuid, app_id text, resource text, event text, data_id text,
      data jsonb, trace_id text)) with ordinality as row
    order by row.ordinality`.execute(db);
}

/** Appends events to the log within a transaction. */
export async function appendEvents(
  db: Kysely<KernelTables>,
  events: readonly NewEvent[],
  at: Date,
): Promise<void> {
  if (events.length === 0) return;
  if (events.length >= MANY) return appendMany(db, events, at);
  const rows = events.map((event) => eventRow(event, at));
  await db.insertInto('event').values(rows).execute();
}
