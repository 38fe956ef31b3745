import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { ShownApp } from '../apps/index.ts';
import type { BotPolicyTable } from './bot-policies.table.ts';

type Tables = { bot_policy: BotPolicyTable };

/** What an organisation has said of bots; undefined when nothing. */
export function findBotPolicy(db: Database, orgId: string): Promise<BotPolicyTable | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('bot_policy')
    .selectAll()
    .where('org_id', '=', orgId)
    .executeTakeFirst();
}

/**
 * Stores a policy over the version that was read; zero stands for none yet.
 * @returns false when somebody stored another meanwhile
 */
export async function storeBotPolicy(
  db: Database,
  policy: BotPolicyTable,
  readVersion: number,
): Promise<boolean> {
  const { numAffectedRows } =
    readVersion === 0
      ? await sql`
        insert into bot_policy (org_id, mode, bot_ids, version)
        values (${policy.org_id}, ${policy.mode}, ${policy.bot_ids}::uuid[], ${policy.version})
        on conflict do nothing`.execute(db)
      : await sql`
        update bot_policy set mode = ${policy.mode}, bot_ids = ${policy.bot_ids}::uuid[], version = ${policy.version}
        where org_id = ${policy.org_id} and version = ${readVersion}`.execute(db);
  return numAffectedRows === 1n;
}

/** Of some ids those of bots that are not deleted. */
export async function findBots(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from person where id = any(${ids}::uuid[]) and type = 'bot' and deleted_at is null`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** A bot as administrators see it. */
export type SeenBot = ShownApp & { person_id: string; last_activity: Date | null; rooms: number };

/** Bots that an organisation owns, that are in spaces of it, or that it lists; newest first, one more than `max`. */
export async function findBotsSeenBy(
  db: Database,
  filter: { orgId: string; listed: readonly string[]; max: number; afterId?: string | undefined },
): Promise<SeenBot[]> {
  const rooms = sql`(
    select count(*) from membership join room on room.id = membership.room_id
    where membership.person_id = app.person_id and room.org_id = ${filter.orgId} and room.deleted_at is null)`;
  const { rows } = await sql<SeenBot>`
    select app.*, owner.email as owner_email, owner.display_name as owner_name, bot.email as bot_email,
      coalesce(owner.login_enabled and owner.deleted_at is null, false) as owner_active, ${rooms} as rooms,
      (select max(last_used) from token where token.person_id = app.person_id) as last_activity
    from app join person bot on bot.id = app.person_id left join person owner on owner.id = app.owner_id
    where app.kind = 'bot' and (${filter.afterId ?? null}::uuid is null or app.id < ${filter.afterId ?? null}::uuid)
      and (app.org_id = ${filter.orgId} or app.person_id = any(${filter.listed}::uuid[]) or ${rooms} > 0)
    order by app.id desc limit ${filter.max + 1}`.execute(db);
  return rows;
}
