import type { Database } from '@moothall/store';
import { sql } from 'kysely';

/** Id of the token that a person got last; it may have ended. */
export async function findPersonalTokenId(db: Database, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select token_id as id from personal_token where person_id = ${personId}`.execute(db);
  return rows[0]?.id;
}

/** The same, and nobody else gives the person one before the transaction ends. */
export async function lockPersonalTokenId(db: Database, personId: string): Promise<string | undefined> {
  await sql`select 1 from person where id = ${personId} for update`.execute(db);
  return findPersonalTokenId(db, personId);
}

/** Remembers which token is the person's. */
export async function storePersonalTokenId(db: Database, personId: string, tokenId: string): Promise<void> {
  await sql`
    insert into personal_token (person_id, token_id) values (${personId}, ${tokenId})
    on conflict (person_id) do update set token_id = excluded.token_id`.execute(db);
}
