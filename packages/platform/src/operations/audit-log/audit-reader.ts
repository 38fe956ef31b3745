import { type Uuid, uuidOfBytes } from '@moothall/core';
import type { Database, ReaderSpec, StoredEvent } from '@moothall/store';
import type { AuditData } from '../audit/index.ts';
import { type ActorNames, findActors, findOrgNames, insertAuditEvents } from './audit-log.store.ts';
import type { AuditEventTable } from './audit-log.table.ts';

/**
 * The id of an event of the log: a UUID of version 8 that is made of its place, so that it is the same
 * however often it is projected, and sorts as the log does.
 */
function idOfPlace({ tx, seq }: { tx: string; seq: number }): Uuid {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  const [transaction, sequence] = [BigInt(tx), BigInt(seq)];
  view.setUint32(0, Number((transaction >> 16n) & 0xffffffffn));
  view.setUint16(4, Number(transaction & 0xffffn));
  view.setUint16(6, 0x8000);
  view.setBigUint64(8, (0x2n << 62n) | (sequence & 0x3fffffffffffffffn));
  return uuidOfBytes(bytes);
}

type Names = { actors: ReadonlyMap<string, ActorNames>; orgs: ReadonlyMap<string, string> };

function rowOf(event: StoredEvent, { actors, orgs }: Names): AuditEventTable {
  const data = event.data as AuditData;
  const actor = actors.get(event.actorId!);
  return {
    id: idOfPlace(event),
    org_id: event.orgId!,
    at: event.at,
    category: data.category,
    action_text: data.actionText,
    target_type: data.target.type,
    target_id: data.target.id,
    target_name: data.target.name,
    actor_id: event.actorId!,
    actor_org_id: data.actorOrgId,
    actor_name: actor?.name ?? '',
    actor_email: actor?.email ?? '',
    actor_org_name: orgs.get(data.actorOrgId) ?? '',
    actor_roles: actor?.roles ?? [],
    tracking_id: event.traceId,
    actor_user_agent: data.actorUserAgent ?? null,
    actor_ip: data.actorIp ?? null,
  };
}

async function project(db: Database, events: readonly StoredEvent[]): Promise<void> {
  const orgIds = events.map((event) => (event.data as AuditData).actorOrgId);
  const actors = await findActors(db, [...new Set(events.map((event) => event.actorId!))]);
  const orgs = await findOrgNames(db, [...new Set(orgIds)]);
  await insertAuditEvents(
    db,
    events.map((event) => rowOf(event, { actors, orgs })),
  );
}

/** Projects audited actions to the audit log, with the names of whoever did them. */
export function auditReader(): ReaderSpec {
  return { name: 'audit', only: 'audit', handle: (events, tx) => project(tx.db, events) };
}
