import type { Database } from '@moothall/store';
import type { KeyResourceTable, KeyTables } from './encryption-keys.table.ts';

function resources(db: Database) {
  return db.withTables<KeyTables>().selectFrom('key_resource').selectAll();
}

/** A resource; undefined when there is none. */
export function findKeyResource(db: Database, id: string): Promise<KeyResourceTable | undefined> {
  return resources(db).where('id', '=', id).executeTakeFirst();
}

/** The resources of rooms; a room without one is left out. */
export function findRoomResources(db: Database, roomIds: readonly string[]): Promise<KeyResourceTable[]> {
  return resources(db).where('room_id', 'in', roomIds).execute();
}

/** Stores a resource, unless its room has one already. @returns whether it was stored */
export async function insertKeyResource(db: Database, row: KeyResourceTable): Promise<boolean> {
  const stored = await db
    .withTables<KeyTables>()
    .insertInto('key_resource')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return stored.length > 0;
}

/** Gives a resource of no room to a room. @returns it; undefined when it is not the creator's, or of a room already */
export function giveToRoom(
  db: Database,
  which: { id: string; creatorId: string },
  room: { roomId: string; defaultKeyId: string },
): Promise<KeyResourceTable | undefined> {
  return db
    .withTables<KeyTables>()
    .updateTable('key_resource')
    .set({ room_id: room.roomId, default_key_id: room.defaultKeyId })
    .where('id', '=', which.id)
    .where('creator_id', '=', which.creatorId)
    .where('room_id', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** Whether somebody is authorised to a resource by name. */
export async function isNamed(db: Database, resourceId: string, personId: string): Promise<boolean> {
  const row = await db
    .withTables<KeyTables>()
    .selectFrom('key_authorization')
    .select('person_id')
    .where('resource_id', '=', resourceId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}

/** People who are authorised to a resource by name. */
export async function listNamed(db: Database, resourceId: string): Promise<string[]> {
  const rows = await db
    .withTables<KeyTables>()
    .selectFrom('key_authorization')
    .select('person_id')
    .where('resource_id', '=', resourceId)
    .orderBy('created')
    .orderBy('person_id')
    .execute();
  return rows.map((row) => row.person_id);
}

/** People of a room, in the order in which they came. */
export async function listMembers(db: Database, roomId: string): Promise<string[]> {
  const rows = await db
    .withTables<{ membership: { room_id: string; person_id: string; created: Date } }>()
    .selectFrom('membership')
    .select('person_id')
    .where('room_id', '=', roomId)
    .orderBy('created')
    .orderBy('person_id')
    .execute();
  return rows.map((row) => row.person_id);
}

/** Authorises people; who is already stays so. */
export async function insertAuthorizations(
  db: Database,
  resourceId: string,
  personIds: readonly string[],
  created: Date,
): Promise<void> {
  if (personIds.length === 0) return;
  await db
    .withTables<KeyTables>()
    .insertInto('key_authorization')
    .values(personIds.map((person_id) => ({ resource_id: resourceId, person_id, created })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Ends somebody's authorisation. */
export async function deleteAuthorization(db: Database, resourceId: string, personId: string): Promise<void> {
  await db
    .withTables<KeyTables>()
    .deleteFrom('key_authorization')
    .where('resource_id', '=', resourceId)
    .where('person_id', '=', personId)
    .execute();
}

/** Makes a key the one for new content of a resource's room. */
export async function setDefaultKey(db: Database, id: string, keyId: string): Promise<void> {
  await db
    .withTables<KeyTables>()
    .updateTable('key_resource')
    .set({ default_key_id: keyId })
    .where('id', '=', id)
    .execute();
}
