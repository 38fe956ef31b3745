import type { Database } from '@moothall/store';
import type { KeyTables, KmsChannelTable, KmsRequestTable } from './encryption-keys.table.ts';

/** Stores a channel. */
export async function insertChannel(db: Database, row: KmsChannelTable): Promise<void> {
  await db.withTables<KeyTables>().insertInto('kms_channel').values(row).execute();
}

/** A channel of somebody that is live at a time. */
export function findLiveChannel(
  db: Database,
  id: string,
  personId: string,
  now: Date,
): Promise<KmsChannelTable | undefined> {
  return db
    .withTables<KeyTables>()
    .selectFrom('kms_channel')
    .selectAll()
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** Notes a request. @returns false when it was noted before */
export async function noteRequest(db: Database, row: KmsRequestTable): Promise<boolean> {
  const noted = await db
    .withTables<KeyTables>()
    .insertInto('kms_request')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('request_id')
    .execute();
  return noted.length > 0;
}

/** Forgets channels and requests whose time is over. */
export async function deleteExpiredChannels(db: Database, now: Date): Promise<void> {
  await db.withTables<KeyTables>().deleteFrom('kms_request').where('expires_at', '<=', now).execute();
  await db.withTables<KeyTables>().deleteFrom('kms_channel').where('expires_at', '<=', now).execute();
}
