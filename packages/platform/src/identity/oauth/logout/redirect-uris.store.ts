import type { Database } from '@moothall/store';
import { sql } from 'kysely';

/** Whether any integration has registered an address, letter by letter. */
export async function isRegisteredRedirect(db: Database, uri: string): Promise<boolean> {
  const { rows } = await sql`select 1 from app where redirect_uris @> array[${uri}]::text[] limit 1`.execute(
    db,
  );
  return rows.length > 0;
}
