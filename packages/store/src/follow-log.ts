import type { StoredEvent } from './events.ts';
import { type FollowPosition, MOST_HANDED } from './follow-position.ts';
import type { Store } from './store.ts';

/** Columns of a stored event, of a table or query named `event`. */
const COLUMNS = `event.tx::text, event.seq, event.at, event.org_id as "orgId", event.room_id as "roomId",
  event.actor_id as "actorId", event.app_id as "appId", event.resource, event.event,
  event.data_id as "dataId", event.data, event.trace_id as "traceId"`;

const XMIN = 'pg_snapshot_xmin(pg_current_snapshot())';

const ofResources = (resources: unknown) => (resources ? 'and resource = any($4::text[])' : '');

/** So many transactions that are held back are told apart; more are as good as all. */
const MOST_HELD_BACK = 64;

/**
 * One row at least, so that it tells how far the log is final. Handed transactions are left out by a hash,
 * which an array in the condition is not.
 */
const readNextSql = (resources: unknown) => `
  select ${XMIN}::text as end,
    array(select distinct tx::text from event
      where tx >= ${XMIN} and tx not in (select unnest($3::text[])::xid8) ${ofResources(resources)}
      limit ${MOST_HELD_BACK}) as "heldBack",
    ${COLUMNS}
  from (select) one left join lateral (
    select * from event
    where (tx, seq) > ($1::text::xid8, $2::bigint) and tx < ${XMIN}
      and tx not in (select unnest($3::text[])::xid8) ${ofResources(resources)}
    order by tx, seq limit ${resources ? '$5' : '$4'}) event on true
  order by event.tx, event.seq`;

const hasUnreadSql = (resources: unknown) => `
  select 1 from event
  where (tx, seq) > ($1::text::xid8, $2::bigint) and tx not in (select unnest($3::text[])::xid8)
    ${ofResources(resources)} and tx < ${resources ? '$5' : '$4'}::text::xid8 limit 1`;

const READ_BETWEEN = `
  select ${COLUMNS} from event
  where (tx, seq) > ($1::text::xid8, $2::bigint) and tx not in (select unnest($3::text[])::xid8)
    and tx <= greatest($4::text::xid8, (select max(id::xid8) from unnest($6::text[]) id))
    and ((tx, seq) <= ($4::text::xid8, $5::bigint) or tx in (select unnest($6::text[])::xid8))
    and resource = any($7::text[])
    and ($8::uuid[] is null and $9::text is null or room_id = any($8::uuid[]) or data->>'personId' = $9)
  order by event.tx, seq limit $10`;

/** Events that follow a position, and how far the log was read with them. */
export type NextEvents = {
  /** Final events of the resources in order, without those of handed transactions. */
  events: StoredEvent[];
  /** Everything up to here has been read. */
  to: { tx: string; seq: number };
  /** Transactions, some if they are many, whose events wait for another one to end. */
  heldBack: string[];
  /** Whether there may be more of them. */
  isFull: boolean;
};

function valuesOf({ tx, seq, handed }: FollowPosition, resources: readonly string[] | undefined): unknown[] {
  return [tx, seq, handed, ...(resources ? [resources] : [])];
}

type NextRow = StoredEvent & { end: string; heldBack: string[] };

/** Reads what follows a position and is final. */
export async function readNext(
  store: Store,
  from: FollowPosition,
  resources: readonly string[] | undefined,
  limit: number,
): Promise<NextEvents> {
  const values = [...valuesOf(from, resources), limit];
  const { rows } = await store.pool.query<NextRow>(readNextSql(resources), values);
  const { end, heldBack } = rows[0]!;
  const events = rows.filter(({ tx }) => tx !== null).map(storedEvent);
  const isFull = events.length === limit;
  return { events, to: isFull ? events.at(-1)! : { tx: end, seq: 0 }, heldBack, isFull };
}

function storedEvent({ end, heldBack, ...event }: NextRow): StoredEvent {
  return event;
}

/** What has been committed by now, as the first position of a follower; all but what is far beyond an open transaction. */
export async function presentEnd(store: Store): Promise<FollowPosition> {
  const { rows } = await store.pool.query<{ tx: string; handed: string[] }>(
    `select ${XMIN}::text as tx,
       array(select distinct tx::text from event where tx >= ${XMIN} limit $1) as handed`,
    [MOST_HANDED],
  );
  const { tx, handed } = rows[0]!;
  return { tx, seq: 0, handed };
}

/** The transaction id below which all lies that has been committed by now. */
export async function committedEnd(store: Store): Promise<string> {
  const { rows } = await store.pool.query<{ end: string }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::text as end',
  );
  return rows[0]!.end;
}

/** Whether committed events of transactions below `end` follow a position. */
export async function hasUnread(
  store: Store,
  from: FollowPosition,
  resources: readonly string[] | undefined,
  end: string,
): Promise<boolean> {
  const { rows } = await store.pool.query(hasUnreadSql(resources), [...valuesOf(from, resources), end]);
  return rows.length > 0;
}

/** Which events of the log are read again. */
export type LogSlice = {
  /** What has been seen. */
  after: FollowPosition;
  /** What has been passed on; as a follower says it, so that all of it is final. */
  upTo: FollowPosition;
  resources: readonly string[];
  /** Only events of these rooms, and those whose `data.personId` is `personId`; all where neither is given. */
  roomIds?: readonly string[];
  personId?: string;
  /** Events at most. */
  limit: number;
};

/** Reads the events between two positions in the order of the log: what a client missed. */
export async function readLog(store: Store, slice: LogSlice): Promise<StoredEvent[]> {
  const { after, upTo, resources, roomIds, personId, limit } = slice;
  const { rows } = await store.pool.query<StoredEvent>(READ_BETWEEN, [
    ...valuesOf(after, undefined),
    ...valuesOf(upTo, resources),
    roomIds ?? (personId === undefined ? null : []),
    personId ?? null,
    limit,
  ]);
  return rows;
}
