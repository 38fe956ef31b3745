import type { Database } from '@moothall/store';
import type { World } from '../../world.ts';
import type { ReadReceiptTable } from './read-receipts.table.ts';

type Tables = { read_receipt: ReadReceiptTable };

/** Up to where somebody has read a room, and since when. */
export type ReadReceipt = { roomId: string; personId: string; messageId: string; seenAt: Date };

const COLUMNS =
  'room_id as "roomId", person_id as "personId", message_id as "messageId", seen_at as "seenAt"';

/** Stores a receipt, unless one for that message or a later one is there. @returns whether it was stored */
export async function putReceipt(db: Database, row: ReadReceiptTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .withTables<Tables>()
    .insertInto('read_receipt')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['room_id', 'person_id'])
        .doUpdateSet(({ ref }) => ({
          message_id: ref('excluded.message_id'),
          message_created: ref('excluded.message_created'),
          seen_at: ref('excluded.seen_at'),
        }))
        .whereRef('read_receipt.message_created', '<', 'excluded.message_created'),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Up to where each member has read a room. */
export async function receiptsOfRoom(world: World, roomId: string): Promise<ReadReceipt[]> {
  const sql = `select ${COLUMNS} from read_receipt where room_id = $1`;
  return (await world.store.pool.query<ReadReceipt>(sql, [roomId])).rows;
}

/** Up to where somebody has read some rooms. */
export async function receiptsOfPerson(
  world: World,
  personId: string,
  roomIds: readonly string[],
): Promise<ReadReceipt[]> {
  const sql = `select ${COLUMNS} from read_receipt where person_id = $1 and room_id = any($2::uuid[])`;
  return (await world.store.pool.query<ReadReceipt>(sql, [personId, roomIds])).rows;
}

/** Forgets what a person has read, everywhere or in some rooms. */
export async function deleteReceiptsOf(db: Database, personId: string): Promise<void> {
  await db.withTables<Tables>().deleteFrom('read_receipt').where('person_id', '=', personId).execute();
}
