import type { Database } from '@moothall/store';
import { type Selectable, sql, type Updateable } from 'kysely';
import type { AppKind, AppTable } from './apps.table.ts';

type Tables = { app: AppTable };

/** An app as it is read. */
export type AppRow = Selectable<AppTable>;

/** An app with what its owner and its bot's account are called. */
export type ShownApp = AppRow & {
  owner_email: string | null;
  owner_name: string | null;
  /** Whether its owner may still sign in. */
  owner_active: boolean;
  bot_email: string | null;
};

/** Stores an app. @throws a unique violation (`app_client`, `app_person`, `app_issuer`, `app_request`) */
export async function insertApp(
  db: Database,
  { config, ...row }: Omit<AppTable, 'config'> & { config: Record<string, unknown> },
): Promise<void> {
  await db
    .withTables<Tables>()
    .insertInto('app')
    .values({ ...row, config: JSON.stringify(config) })
    .execute();
}

/** The app of a client id; undefined when there is none. */
export function findAppByClientId(db: Database, clientId: string): Promise<AppRow | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('app')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
}

/** Names of the apps of some client ids; those that are gone are absent. */
export async function findAppNames(
  db: Database,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const apps = db.withTables<Tables>().selectFrom('app').select(['client_id', 'name']);
  const rows = clientIds.length === 0 ? [] : await apps.where('client_id', 'in', clientIds).execute();
  return new Map(rows.map(({ client_id, name }) => [client_id, name]));
}

/** The guest issuer of an issuer id; undefined when there is none. */
export function findAppByIssuerId(db: Database, issuerId: string): Promise<AppRow | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('app')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .executeTakeFirst();
}

const SHOWN = sql`
  select app.*, owner.email as owner_email, owner.display_name as owner_name, bot.email as bot_email,
    coalesce(owner.login_enabled and owner.deleted_at is null, false) as owner_active
  from app left join person owner on owner.id = app.owner_id left join person bot on bot.id = app.person_id`;

/** An app with its names; undefined when there is none. */
export async function findApp(db: Database, id: string): Promise<ShownApp | undefined> {
  const { rows } = await sql<ShownApp>`${SHOWN} where app.id = ${id}`.execute(db);
  return rows[0];
}

/** An app, locked until the transaction ends; undefined when there is none. */
export function lockApp(db: Database, id: string): Promise<AppRow | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('app')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Which apps are listed. */
export type AppFilter = {
  ownerId: string;
  kind?: AppKind | undefined;
  state?: string | undefined;
  /** Part of the name, in any case. */
  q?: string | undefined;
  max: number;
  /** The last app of the page before. */
  afterId?: string | undefined;
};

/** Apps of an owner, newest first, one more than `max`. */
export async function listAppsOf(db: Database, filter: AppFilter): Promise<ShownApp[]> {
  const parts = [sql`app.owner_id = ${filter.ownerId}`];
  if (filter.kind) parts.push(sql`app.kind = ${filter.kind}`);
  if (filter.state) parts.push(sql`app.state = ${filter.state}`);
  if (filter.q) parts.push(sql`position(lower(${filter.q}) in lower(app.name)) > 0`);
  if (filter.afterId) parts.push(sql`app.id < ${filter.afterId}`);
  const { rows } = await sql<ShownApp>`
    ${SHOWN} where ${sql.join(parts, sql` and `)} order by app.id desc limit ${filter.max + 1}`.execute(db);
  return rows;
}

/** How many apps of a kind somebody owns. */
export async function countAppsOf(db: Database, ownerId: string, kind: AppKind): Promise<number> {
  const { count } = await db
    .withTables<Tables>()
    .selectFrom('app')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('owner_id', '=', ownerId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
  return count;
}

/** The app that an earlier request with the same key made; undefined when none did. */
export function findAppByRequest(db: Database, ownerId: string, key: string): Promise<AppRow | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('app')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('request_key', '=', key)
    .executeTakeFirst();
}

/**
 * Locks somebody until the transaction ends, so that of two apps made at once the second sees the first.
 * @returns false when they are deleted
 */
export async function lockOwner(db: Database, personId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from person where id = ${personId} and deleted_at is null for no key update`.execute(db);
  return rows.length > 0;
}

/** Changes an app and counts its version up. */
export function updateApp(db: Database, id: string, change: Updateable<AppTable>): Promise<AppRow> {
  return db
    .withTables<Tables>()
    .updateTable('app')
    .set({ ...change, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Moves an app on in its life; what its pages change stays as it was, and so does its version. */
export async function setAppState(db: Database, id: string, state: string): Promise<void> {
  await db.withTables<Tables>().updateTable('app').set({ state }).where('id', '=', id).execute();
}

/** Removes an app. */
export async function removeApp(db: Database, id: string): Promise<void> {
  await db.withTables<Tables>().deleteFrom('app').where('id', '=', id).execute();
}

/** Whether an account has or had an address, in any case: a bot's name is not given twice. */
export async function isAddressKnown(db: Database, email: string): Promise<boolean> {
  const { rows } = await sql`select 1 from person where lower(email) = lower(${email}) limit 1`.execute(db);
  return rows.length > 0;
}
