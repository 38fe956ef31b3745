import type { Database } from '@moothall/store';
import type { RoomTabTable } from './room-tabs.table.ts';

type Tables = { room_tab: RoomTabTable; room: { id: string } };

function livingTabs(db: Database) {
  return db.withTables<Tables>().selectFrom('room_tab').selectAll().where('deleted_at', 'is', null);
}

/** One tab; undefined when there is none or it was deleted. */
export function findRoomTab(db: Database, tabId: string): Promise<RoomTabTable | undefined> {
  return livingTabs(db).where('id', '=', tabId).executeTakeFirst();
}

/** Tabs of a room, the oldest first. */
export function listTabsOf(db: Database, roomId: string): Promise<RoomTabTable[]> {
  return livingTabs(db).where('room_id', '=', roomId).orderBy('created').orderBy('id').execute();
}

/** Stores a tab unless the room has `limit` of them; the room's lock makes two at once take turns. */
export async function insertRoomTab(db: Database, row: RoomTabTable, limit: number): Promise<boolean> {
  const tables = db.withTables<Tables>();
  await tables.selectFrom('room').select('id').where('id', '=', row.room_id).forUpdate().execute();
  const { count } = await tables
    .selectFrom('room_tab')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('room_id', '=', row.room_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (count >= limit) return false;
  await tables.insertInto('room_tab').values(row).execute();
  return true;
}

/** Changes a tab that is not deleted. @returns the tab as it is now */
export function patchRoomTab(
  db: Database,
  { room_id, id }: Pick<RoomTabTable, 'room_id' | 'id'>,
  patch: Partial<Pick<RoomTabTable, 'content_url' | 'display_name' | 'deleted_at'>>,
): Promise<RoomTabTable | undefined> {
  return db
    .withTables<Tables>()
    .updateTable('room_tab')
    .set(patch)
    .where('room_id', '=', room_id)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}
