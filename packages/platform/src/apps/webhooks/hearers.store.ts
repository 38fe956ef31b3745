import type { PersonType } from '@moothall/contract';
import type { Tx } from '@moothall/store';
import { sql } from 'kysely';
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

/** A webhook that may hear, by which way: of a person in a room, of a person as such, or org-wide. */
export type Candidate = ListeningWebhook & {
  roomId: string | null;
  joined: Date | null;
  /** Place in the log where the person left the room; null for who is in it. */
  left: LogPlace | null;
};

/** A place in the event log. */
export type LogPlace = { tx: string; seq: number };

const COLUMNS =
  sql.raw(`w.id, w.org_id as "orgId", w.created_by as "createdBy", w.creator_type as "creatorType",
  w.app_id as "appId", w.owned_by as "ownedBy", w.name, w.target_url as "targetUrl", w.resource, w.event,
  w.filter, w.filters, w.secret, w.created, w.tx::text as tx`);

/** What a batch of events asks for; `since` is the place of its first one. */
type Asked = {
  roomIds: string[];
  personIds: string[];
  orgIds: string[];
  resources: string[];
  since: LogPlace;
};

/**
 * Webhooks of the people in some rooms, of those who left them since, of some people, and org-wide
 * ones of some organisations: one statement.
 */
export async function findCandidates(tx: Tx, asked: Asked): Promise<Candidate[]> {
  const active = sql`w.status = 'active' and w.resource = any(${asked.resources}::text[])`;
  const { rows } = await sql<Candidate>`
    select m.room_id as "roomId", m.created as joined, null::jsonb as "left", ${COLUMNS}
    from membership m join webhook w on w.created_by = m.person_id
    where m.room_id = any(${asked.roomIds}::uuid[]) and w.owned_by = 'creator' and ${active}
    union all
    select e.room_id, (e.data->>'created')::timestamptz, jsonb_build_object('tx', e.tx::text, 'seq', e.seq), ${COLUMNS}
    from event e join webhook w on w.created_by = (e.data->>'personId')::uuid
    where e.room_id = any(${asked.roomIds}::uuid[]) and (e.tx, e.seq) > (${asked.since.tx}::text::xid8, ${asked.since.seq}::bigint)
      and e.resource = 'memberships' and e.event = 'deleted' and w.owned_by = 'creator' and ${active}
    union all
    select null, null, null, ${COLUMNS} from webhook w
    where w.created_by = any(${asked.personIds}::uuid[]) and w.owned_by = 'creator' and ${active}
    union all
    select null, null, null, ${COLUMNS} from webhook w
    where w.org_id = any(${asked.orgIds}::uuid[]) and w.owned_by = 'org' and ${active}`.execute(tx.db);
  return rows;
}
