import type { Kysely } from 'kysely';
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

/** Rows of one statement at most; PostgreSQL takes 65 535 values. */
const ROWS_PER_INSERT = 5000;

/** Appends events to the log within a transaction. */
export async function appendEvents(
  db: Kysely<KernelTables>,
  events: readonly NewEvent[],
  at: Date,
): Promise<void> {
  for (let start = 0; start < events.length; start += ROWS_PER_INSERT) {
    const rows = events.slice(start, start + ROWS_PER_INSERT).map((event) => eventRow(event, at));
    await db.insertInto('event').values(rows).execute();
  }
}
