import type { Database } from '@moothall/store';
import { type Selectable, sql } from 'kysely';
import type { KeyTables, KmsIdentityTable } from './encryption-keys.table.ts';

/** An identity as it is read. */
export type KmsIdentityRow = Selectable<KmsIdentityTable>;

const LOCK_KEY = 0x6d6f6b6d;

/** Lets one process at a time make an identity, until its transaction ends. */
export async function lockIdentityMaking(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_KEY})`.execute(db);
}

/** All identities, newest first. */
export function listIdentities(db: Database): Promise<KmsIdentityRow[]> {
  return db
    .withTables<KeyTables>()
    .selectFrom('kms_identity')
    .selectAll()
    .orderBy('created', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Stores an identity. */
export async function insertIdentity(db: Database, row: KmsIdentityRow): Promise<void> {
  await db
    .withTables<KeyTables>()
    .insertInto('kms_identity')
    .values({ ...row, public_jwk: JSON.stringify(row.public_jwk) })
    .execute();
}
