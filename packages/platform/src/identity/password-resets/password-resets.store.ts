import type { Uuid } from '@moothall/core';
import type { Database } from '@moothall/store';
import { sql } from 'kysely';

/** Who may have a new password, by their address in any case; the mail goes to the address as it is stored. */
export async function findForgetful(
  db: Database,
  email: string,
): Promise<{ personId: Uuid; orgId: Uuid; email: string } | undefined> {
  const { rows } = await sql<{ personId: Uuid; orgId: Uuid; email: string }>`
    select id as "personId", org_id as "orgId", email from person
    where lower(email) = lower(${email}) and type = 'person' and login_enabled and deleted_at is null
    for key share`.execute(db);
  return rows[0];
}
