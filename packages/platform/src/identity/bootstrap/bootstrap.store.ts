import type { Database } from '@moothall/store';
import { sql } from 'kysely';

const LOCK_CLASS = 0x6d6f;

/** Holds a domain until the transaction ends, so that two organisations made at once cannot both get it. */
export async function lockDomain(db: Database, domain: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_CLASS}, hashtext(${domain}))`.execute(db);
}
