import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { AppKind, ShownApp } from '../apps/index.ts';

/** Which apps of an organisation are looked for. */
export type TransferFilter = {
  orgId: string;
  ownerEmail?: string | undefined;
  ownerId?: string | undefined;
  /** Id or client id of an app. */
  anyId?: string | undefined;
  clientId?: string | undefined;
  name?: string | undefined;
  kind?: AppKind | undefined;
  onlyOrphaned: boolean;
  max: number;
  after?: { orphaned: boolean; id: string } | undefined;
};

/** An app and whether nobody active answers for it. */
export type TransferRow = ShownApp & { orphaned: boolean };

/** Apps of an organisation: orphaned ones first, newest first in each part, one more than `max`. */
export async function findTransferable(db: Database, filter: TransferFilter): Promise<TransferRow[]> {
  const orphaned = sql`(owner.id is null or owner.deleted_at is not null or not owner.login_enabled)`;
  const parts = [sql`app.org_id = ${filter.orgId}`];
  if (filter.ownerEmail) parts.push(sql`lower(owner.email) = lower(${filter.ownerEmail})`);
  if (filter.ownerId) parts.push(sql`app.owner_id = ${filter.ownerId}`);
  if (filter.anyId)
    parts.push(sql`(app.id::text = lower(${filter.anyId}) or app.client_id = ${filter.anyId})`);
  if (filter.clientId) parts.push(sql`app.client_id = ${filter.clientId}`);
  if (filter.name) parts.push(sql`position(lower(${filter.name}) in lower(app.name)) > 0`);
  if (filter.kind) parts.push(sql`app.kind = ${filter.kind}`);
  if (filter.onlyOrphaned) parts.push(orphaned);
  if (filter.after)
    parts.push(sql`(${orphaned}, app.id) < (${filter.after.orphaned}::boolean, ${filter.after.id}::uuid)`);
  const { rows } = await sql<TransferRow>`
    select app.*, owner.email as owner_email, owner.display_name as owner_name, bot.email as bot_email,
      not ${orphaned} as owner_active, ${orphaned} as orphaned
    from app left join person owner on owner.id = app.owner_id left join person bot on bot.id = app.person_id
    where ${sql.join(parts, sql` and `)}
    order by ${orphaned} desc, app.id desc limit ${filter.max + 1}`.execute(db);
  return rows;
}
