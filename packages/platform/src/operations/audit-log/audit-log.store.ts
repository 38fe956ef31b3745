import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { AuditEventTable } from './audit-log.table.ts';

type Tables = { audit_event: AuditEventTable };

/** Which audited actions are meant: all that match each given part. */
export type AuditFilter = {
  orgId: string;
  /** From then on. */
  from?: Date | undefined;
  /** Before then. */
  to?: Date | undefined;
  actorId?: string | undefined;
  categories?: readonly string[] | undefined;
  /** Where the page before ended. */
  after?: { at: Date; id: string } | undefined;
};

/** A person's and their organisation's names, for the log. */
export type ActorNames = { id: string; name: string; email: string; roles: AuditEventTable['actor_roles'] };

/** Names of people, deleted ones too. */
export async function findActors(db: Database, ids: readonly string[]): Promise<Map<string, ActorNames>> {
  const { rows } = await sql<ActorNames>`
    select id, display_name as name, email, roles from person where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Names of organisations. */
export async function findOrgNames(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, display_name as name from org where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Stores audited actions; those that are there already stay as they are. */
export async function insertAuditEvents(db: Database, rows: readonly AuditEventTable[]): Promise<void> {
  await db
    .withTables<Tables>()
    .insertInto('audit_event')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

function conditionOf({ orgId, from, to, actorId, categories, after }: AuditFilter) {
  const parts = [sql`org_id = ${orgId}`];
  if (from) parts.push(sql`at >= ${from}`);
  if (to) parts.push(sql`at < ${to}`);
  if (actorId) parts.push(sql`actor_id = ${actorId}`);
  if (categories) parts.push(sql`category = any(${categories}::text[])`);
  if (after) parts.push(sql`(at, id) < (${after.at}, ${after.id}::uuid)`);
  return sql.join(parts, sql` and `);
}

/**
 * Audited actions, newest first.
 * @param page `offset` is there because the public interface documents it; pages of ours go on by `after`
 */
export async function listAuditEvents(
  db: Database,
  filter: AuditFilter,
  page: { max: number; offset?: number },
): Promise<AuditEventTable[]> {
  const { rows } = await sql<AuditEventTable>`
    select * from audit_event where ${conditionOf(filter)}
    order by at desc, id desc limit ${page.max} offset ${page.offset ?? 0}`.execute(db);
  return rows;
}
