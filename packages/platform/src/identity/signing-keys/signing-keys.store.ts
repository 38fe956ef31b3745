import type { Database } from '@moothall/store';
import { type Selectable, sql } from 'kysely';
import type { SigningKeyTable } from './signing-keys.table.ts';

type Tables = { signing_key: SigningKeyTable };

/** A signing key as it is read. */
export type SigningKeyRow = Selectable<SigningKeyTable>;

const LOCK_KEY = 0x6d6f6b65;

/** Lets one process at a time make a key, until its transaction ends. */
export async function lockKeyMaking(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_KEY})`.execute(db);
}

/** Keys whose signatures count, newest first. */
export function listSigningKeys(db: Database): Promise<SigningKeyRow[]> {
  return db
    .withTables<Tables>()
    .selectFrom('signing_key')
    .selectAll()
    .where('retired_at', 'is', null)
    .orderBy('created', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Stores a key pair. */
export async function insertSigningKey(db: Database, row: Omit<SigningKeyRow, 'retired_at'>): Promise<void> {
  const { public_jwk, ...rest } = row;
  await db
    .withTables<Tables>()
    .insertInto('signing_key')
    .values({ ...rest, public_jwk: JSON.stringify(public_jwk), retired_at: null })
    .execute();
}
