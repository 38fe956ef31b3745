import type { Database } from '@moothall/store';
import type { ContentKeyTable, KeyTables } from './encryption-keys.table.ts';

/** Stores keys. */
export async function insertContentKeys(db: Database, rows: readonly ContentKeyTable[]): Promise<void> {
  await db.withTables<KeyTables>().insertInto('content_key').values(rows).execute();
}

/** A key; undefined when there is none. */
export function findContentKey(db: Database, id: string): Promise<ContentKeyTable | undefined> {
  return db
    .withTables<KeyTables>()
    .selectFrom('content_key')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Keys by their ids. */
export function findContentKeys(db: Database, ids: readonly string[]): Promise<ContentKeyTable[]> {
  return db.withTables<KeyTables>().selectFrom('content_key').selectAll().where('id', 'in', ids).execute();
}

/** Ids of the keys of a resource, oldest first. */
export async function listKeyIdsOf(db: Database, resourceId: string): Promise<string[]> {
  const rows = await db
    .withTables<KeyTables>()
    .selectFrom('content_key')
    .select('id')
    .where('resource_id', '=', resourceId)
    .orderBy('created')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Binds keys that are bound to nothing yet. @returns those that now are */
export function bindContentKeys(
  db: Database,
  ids: readonly string[],
  resourceId: string,
  at: Date,
): Promise<ContentKeyTable[]> {
  return db
    .withTables<KeyTables>()
    .updateTable('content_key')
    .set({ resource_id: resourceId, bound_at: at })
    .where('id', 'in', ids)
    .where('resource_id', 'is', null)
    .returningAll()
    .execute();
}
