import type { Database } from '@moothall/store';
import { type Selectable, sql } from 'kysely';
import type { WebhookTable } from '../webhooks/index.ts';

/** A webhook with who made it, and who owns that bot. */
export type PortalWebhook = Pick<
  Selectable<WebhookTable>,
  | 'id'
  | 'org_id'
  | 'created_by'
  | 'name'
  | 'target_url'
  | 'resource'
  | 'event'
  | 'filter'
  | 'owned_by'
  | 'status'
  | 'created'
> & { signed: boolean; email: string; display_name: string; creator_type: string; owner_id: string | null };

const SELECT = sql`
  select webhook.id, webhook.org_id, created_by, webhook.name, target_url, resource, event, filter, owned_by, status,
    webhook.created, secret is not null as signed, person.email, person.display_name,
    person.type as creator_type, app.owner_id
  from webhook join person on person.id = webhook.created_by
    left join app on app.person_id = webhook.created_by`;

/** Webhooks of a person and of the bots that they own, newest first, one more than `max`. */
export async function findWebhooksOf(
  db: Database,
  filter: { personId: string; max: number; afterId?: string | undefined },
): Promise<PortalWebhook[]> {
  const { personId, max, afterId = null } = filter;
  const { rows } = await sql<PortalWebhook>`${SELECT}
    where created_by in (
        select ${personId}::uuid union all select person_id from app where owner_id = ${personId} and kind = 'bot')
      and (${afterId}::uuid is null or webhook.id < ${afterId}::uuid)
    order by webhook.id desc limit ${max + 1}`.execute(db);
  return rows;
}

/** A webhook; undefined when there is none. */
export async function findPortalWebhook(db: Database, id: string): Promise<PortalWebhook | undefined> {
  const { rows } = await sql<PortalWebhook>`${SELECT} where webhook.id = ${id}`.execute(db);
  return rows[0];
}
