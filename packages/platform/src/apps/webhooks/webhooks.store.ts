import type { Database } from '@moothall/store';
import { type Selectable, sql } from 'kysely';
import type { WebhookTable } from './webhooks.table.ts';

type Tables = { webhook: WebhookTable };

const COLUMNS = [
  'id',
  'org_id',
  'created_by',
  'creator_type',
  'app_id',
  'owned_by',
  'name',
  'target_url',
  'resource',
  'event',
  'filter',
  'secret',
  'status',
  'created',
] as const satisfies readonly (keyof WebhookTable)[];

/** A webhook as its operations see it. */
export type WebhookRow = Pick<Selectable<WebhookTable>, (typeof COLUMNS)[number]>;

/** Whose webhooks are listed. */
export type WebhookFilterBy =
  | { createdBy: string; ownedBy?: 'org' | 'creator' | undefined }
  | { orgWideOf: string };

/** One webhook; undefined when there is none. */
export function findWebhook(db: Database, id: string): Promise<WebhookRow | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('webhook')
    .select(COLUMNS)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Webhooks, newest first, one more than `max`. */
export function listWebhooksBy(
  db: Database,
  by: WebhookFilterBy,
  page: { max: number; afterId?: string | undefined },
): Promise<WebhookRow[]> {
  let query = db
    .withTables<Tables>()
    .selectFrom('webhook')
    .select(COLUMNS)
    .orderBy('id', 'desc')
    .limit(page.max + 1);
  if ('orgWideOf' in by) query = query.where('org_id', '=', by.orgWideOf).where('owned_by', '=', 'org');
  else {
    query = query.where('created_by', '=', by.createdBy);
    if (by.ownedBy) query = query.where('owned_by', '=', by.ownedBy);
  }
  if (page.afterId) query = query.where('id', '<', page.afterId);
  return query.execute();
}

/**
 * How many webhooks an account has. Its row is locked until the transaction ends, so that nobody else
 * counts meanwhile and nobody deletes it; undefined when it is deleted already.
 */
export async function countWebhooksAlone(db: Database, personId: string): Promise<number | undefined> {
  const owner = await sql`
    select 1 from person where id = ${personId} and deleted_at is null for no key update`.execute(db);
  if (owner.rows.length === 0) return undefined;
  const { count } = await db
    .withTables<Tables>()
    .selectFrom('webhook')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('created_by', '=', personId)
    .executeTakeFirstOrThrow();
  return count;
}

/** A new webhook. */
export type NewWebhookRow = WebhookRow & { filters: readonly (readonly [string, string])[] };

/** Stores a webhook. @throws a unique violation of `webhook_org` */
export async function insertWebhook(db: Database, row: NewWebhookRow): Promise<void> {
  await db
    .withTables<Tables>()
    .insertInto('webhook')
    .values({ ...row, filters: JSON.stringify(row.filters), failed_at: [] })
    .execute();
}

/** Fields that a change may touch. */
export type WebhookChange = Partial<
  Pick<WebhookTable, 'name' | 'target_url' | 'secret' | 'status' | 'failed_at' | 'probation_until'>
>;

/** Changes a webhook; undefined when there is none any more. */
export function changeWebhook(
  db: Database,
  id: string,
  change: WebhookChange,
): Promise<WebhookRow | undefined> {
  return db
    .withTables<Tables>()
    .updateTable('webhook')
    .set(change)
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** Deletes webhooks by id or by creator; the rows that were there. */
export function removeWebhooks(
  db: Database,
  by: { id: string } | { createdBy: string },
): Promise<WebhookRow[]> {
  const query = db.withTables<Tables>().deleteFrom('webhook').returning(COLUMNS);
  return (
    'id' in by ? query.where('id', '=', by.id) : query.where('created_by', '=', by.createdBy)
  ).execute();
}

/** What the decision about a failing webhook turns on, locked until the transaction ends. */
export function lockHealth(
  db: Database,
  id: string,
): Promise<
  Pick<Selectable<WebhookTable>, 'org_id' | 'status' | 'failed_at' | 'probation_until'> | undefined
> {
  return db
    .withTables<Tables>()
    .selectFrom('webhook')
    .select(['org_id', 'status', 'failed_at', 'probation_until'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}
