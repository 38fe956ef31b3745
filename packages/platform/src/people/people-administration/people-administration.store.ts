import type { RoleName } from '@moothall/contract';
import type { Database } from '@moothall/store';
import { type RawBuilder, sql } from 'kysely';
import type { PersonRow } from '../people/index.ts';

/** Where an account stands. */
export type AccountStatus = 'active' | 'pending' | 'inactive';

/** Which people of an organisation an administrator looks for. */
export type UserFilter = {
  orgId: string;
  /** Beginning of a display name or e-mail address, in any case. */
  q?: string | undefined;
  status?: AccountStatus | undefined;
  role?: RoleName | undefined;
  /** Key of a licence. */
  licenseKey?: string | undefined;
  max: number;
  /** The last person of the page before. */
  afterId?: string | undefined;
};

const NAME = sql`lower(display_name) collate "C"`;
const EMAIL = sql`lower(email) collate "C"`;
const GREATEST_CHARACTER = '\u{10ffff}';
const STATUS: Readonly<Record<AccountStatus, RawBuilder<unknown>>> = {
  active: sql`login_enabled and not invite_pending`,
  pending: sql`invite_pending and login_enabled`,
  inactive: sql`not login_enabled`,
};
// Said again in the terms of the partial index of those who cannot sign in.
const AWAY = sql`(invite_pending or not login_enabled)`;

function startsWith(column: RawBuilder<unknown>, text: string): RawBuilder<unknown> {
  const prefix = sql`(lower(${text}::text) collate "C")`;
  return sql`${column} >= ${prefix} and ${column} < ${prefix} || ${GREATEST_CHARACTER}`;
}

function conditionsOf({ orgId, status, role, licenseKey, afterId }: UserFilter): RawBuilder<unknown>[] {
  const parts = [sql`org_id = ${orgId}`, sql`deleted_at is null`, sql`type = 'person'`];
  if (status) parts.push(STATUS[status]);
  if (status && status !== 'active') parts.push(AWAY);
  if (role) parts.push(sql`roles @> ${[role]}::text[]`, sql`roles <> '{}'`);
  if (licenseKey !== undefined) parts.push(sql`licenses @> ${[licenseKey]}::text[]`);
  if (afterId)
    parts.push(
      sql`(${NAME}, id) > (select lower(display_name) collate "C", id from person where id = ${afterId})`,
    );
  return parts;
}

function matching(parts: readonly RawBuilder<unknown>[], max: number): RawBuilder<unknown> {
  return sql`select id from person where ${sql.join([...parts], sql` and `)} order by ${NAME}, id limit ${max + 1}`;
}

/** People of an organisation by name, one more than `max`. Each way to match has its own index. */
export async function findUsers(db: Database, filter: UserFilter): Promise<PersonRow[]> {
  const parts = conditionsOf(filter);
  const { q, max } = filter;
  const ids = q
    ? sql`(${matching([...parts, startsWith(NAME, q)], max)}) union (${matching([...parts, startsWith(EMAIL, q)], max)})`
    : matching(parts, max);
  const { rows } = await sql<PersonRow>`
    select * from person where id in (${ids}) order by ${NAME}, id limit ${max + 1}`.execute(db);
  return rows;
}

/** How many people an organisation has. */
export type PeopleCounts = { total: number; active: number; pending: number; inactive: number };

/** Counts the people of an organisation by where their accounts stand. */
export async function countUsers(db: Database, orgId: string): Promise<PeopleCounts> {
  const { rows } = await sql<PeopleCounts>`
    select count(*)::int as total,
      (count(*) filter (where ${STATUS.active}))::int as active,
      (count(*) filter (where ${STATUS.pending}))::int as pending,
      (count(*) filter (where ${STATUS.inactive}))::int as inactive
    from person where org_id = ${orgId} and deleted_at is null and type = 'person'`.execute(db);
  return rows[0]!;
}

/** Apps of one kind. */
export type AppCount = { kind: string; count: number };

/** How many apps of each kind an organisation has, or one person of it answers for. */
export async function countApps(db: Database, orgId: string, ownerId?: string): Promise<AppCount[]> {
  const { rows } = await sql<AppCount>`
    select kind, count(*)::int as count from app
    where org_id = ${orgId} and (${ownerId ?? null}::uuid is null or owner_id = ${ownerId ?? null}::uuid)
    group by kind order by kind`.execute(db);
  return rows;
}
