import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { DeviceTable } from './device.table.ts';

type Tables = { oauth_device: DeviceTable };

const COLUMNS = sql`id, device_hash, user_code, client_id, scopes, created, expires_at, polled_at, person_id,
  decided_at, approved, used_at`;

/** Stores a device that waits. @throws a unique violation when its user code is taken */
export async function insertDevice(db: Database, row: DeviceTable): Promise<void> {
  await db.withTables<Tables>().insertInto('oauth_device').values(row).execute();
}

/** The device of a device code's hash. */
export async function findDevice(db: Database, hash: Buffer): Promise<DeviceTable | undefined> {
  const { rows } = await sql<DeviceTable>`
    select ${COLUMNS} from oauth_device where device_hash = ${hash}`.execute(db);
  return rows[0];
}

/** The same, locked until the transaction ends. */
export async function lockDevice(db: Database, id: string): Promise<DeviceTable | undefined> {
  const { rows } = await sql<DeviceTable>`
    select ${COLUMNS} from oauth_device where id = ${id} for update`.execute(db);
  return rows[0];
}

/** The device of a user code that nobody has decided about and that has not expired. */
export async function findWaitingDevice(
  db: Database,
  userCode: string,
  now: Date,
): Promise<DeviceTable | undefined> {
  const { rows } = await sql<DeviceTable>`
    select ${COLUMNS} from oauth_device
    where user_code = ${userCode} and decided_at is null and expires_at > ${now}`.execute(db);
  return rows[0];
}

/** Changes what is known of a device. */
export async function updateDevice(
  db: Database,
  id: string,
  change: Partial<Pick<DeviceTable, 'polled_at' | 'used_at'>>,
): Promise<void> {
  await db.withTables<Tables>().updateTable('oauth_device').set(change).where('id', '=', id).execute();
}

/** Notes a person's decision. @returns false when somebody decided before */
export async function decideDevice(
  db: Database,
  id: string,
  decision: { personId: string; approved: boolean; now: Date },
): Promise<boolean> {
  const { personId, approved, now } = decision;
  const { rows } = await sql`
    update oauth_device set person_id = ${personId}, approved = ${approved}, decided_at = ${now}
    where id = ${id} and decided_at is null and expires_at > ${now} returning id`.execute(db);
  return rows.length > 0;
}

/** Deletes devices whose codes ended before a time. */
export async function deleteDevices(db: Database, before: Date): Promise<void> {
  await db.withTables<Tables>().deleteFrom('oauth_device').where('expires_at', '<', before).execute();
}
