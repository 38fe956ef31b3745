import type { Database } from '@moothall/store';
import { sql, type Updateable } from 'kysely';
import type { SandboxTable } from './sandboxes.table.ts';

type Tables = { sandbox: SandboxTable };

/** Stores a sandbox unless its developer has one; waits for who is storing it at this moment. @returns whether it was stored */
export async function insertSandboxOnce(db: Database, row: SandboxTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .withTables<Tables>()
    .insertInto('sandbox')
    .values(row)
    .onConflict((conflict) => conflict.column('email').where('ended_at', 'is', null).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** The live sandbox of a developer's address, locked. */
export function lockLiveSandbox(db: Database, email: string): Promise<SandboxTable | undefined> {
  const live = db.withTables<Tables>().selectFrom('sandbox').selectAll().where('ended_at', 'is', null);
  return live.where('email', '=', email).forUpdate().executeTakeFirst();
}

/** A sandbox, locked. */
export function lockSandbox(db: Database, id: string): Promise<SandboxTable | undefined> {
  const one = db.withTables<Tables>().selectFrom('sandbox').selectAll().where('id', '=', id);
  return one.forUpdate().executeTakeFirst();
}

/** A sandbox with when anybody acted in it last, and how many people it has. */
export type SandboxRow = SandboxTable & { active_at: Date; people: number };

const SHOWN = sql`
  select sandbox.*,
    greatest(sandbox.created, (select max(last_activity) from person where org_id = sandbox.org_id)) as active_at,
    (select count(*)::int from person
      where org_id = sandbox.org_id and type = 'person' and deleted_at is null) as people
  from sandbox`;

/** Sandboxes that an account asked for, or that were asked for with its address; the newest first. */
export async function findSandboxesOf(
  db: Database,
  developer: { personId: string; email: string },
): Promise<SandboxRow[]> {
  const { rows } = await sql<SandboxRow>`
    ${SHOWN} where requested_by = ${developer.personId} or (email = ${developer.email} and ended_at is null)
    order by created desc, id desc`.execute(db);
  return rows;
}

/** Live sandboxes in which nobody acted since a time, and those whose developer was warned. */
export async function findIdleSandboxes(db: Database, before: Date): Promise<SandboxRow[]> {
  const { rows } = await sql<SandboxRow>`
    select * from (${SHOWN} where ended_at is null) live
    where active_at <= ${before} or warned_at is not null order by id`.execute(db);
  return rows;
}

/** Changes a sandbox's row. */
export async function updateSandbox(
  db: Database,
  id: string,
  change: Updateable<SandboxTable>,
): Promise<void> {
  await db.withTables<Tables>().updateTable('sandbox').set(change).where('id', '=', id).execute();
}

/** Lets no account of an organisation sign in any more. @returns the ids of its people */
export async function disableAccounts(db: Database, orgId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string; type: string }>`
    update person set login_enabled = false, last_modified = ${now}
    where org_id = ${orgId} and deleted_at is null returning id, type`.execute(db);
  return rows.filter(({ type }) => type === 'person').map(({ id }) => id);
}
