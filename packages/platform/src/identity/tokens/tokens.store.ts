import type { Database, Store } from '@moothall/store';
import { sql } from 'kysely';
import type { PersonTable } from '../../people/people/index.ts';
import type { TokenTable } from './tokens.table.ts';

type Tables = { token: TokenTable; person: PersonTable };

/** A token with its person, as authentication needs them. */
export type TokenRow = {
  tokenId: string;
  appId: string | null;
  scopes: string[];
  expiresAt: Date | null;
  personId: string;
};

const FIND = `
  select id as "tokenId", app_id as "appId", scopes, expires_at as "expiresAt", person_id as "personId"
  from token where hash = $1 and revoked_at is null`;

/** The live token of a hash; expiry is the caller's to judge, by the world's clock. */
export async function findToken(store: Store, hash: Buffer): Promise<TokenRow | undefined> {
  const { rows } = await store.pool.query<TokenRow>(FIND, [hash]);
  return rows[0];
}

/** Rows of one statement at most; PostgreSQL takes 65 535 values. */
const ROWS_PER_INSERT = 5000;

/** Stores tokens. @throws a unique violation when the text of one exists */
export async function insertTokens(db: Database, rows: readonly TokenTable[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    const some = rows.slice(start, start + ROWS_PER_INSERT);
    await db.withTables<Tables>().insertInto('token').values(some).execute();
  }
}

/** How many tokens of each person are neither expired nor revoked; people without any are left out. */
export async function countActiveTokens(
  db: Database,
  personIds: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('token')
    .select((select) => ['person_id', select.fn.countAll<number>().as('count')])
    .where('person_id', '=', sql<string>`any(${personIds}::uuid[])`)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .groupBy('person_id')
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.count]));
}

/** Locks people's rows, so that two tokens at once cannot pass the limit together. */
export async function lockPeople(db: Database, personIds: readonly string[]): Promise<void> {
  await db
    .withTables<Tables>()
    .selectFrom('person')
    .select('id')
    .where('id', '=', sql<string>`any(${personIds}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Which tokens are meant: all that match each given part. */
export type TokensOf = {
  ids?: readonly string[];
  personId?: string;
  grantIds?: readonly string[];
  sessionIds?: readonly string[];
  /** OAuth client id. */
  appId?: string;
  /** Of people of this organisation only. */
  orgId?: string;
  site?: string;
};

function matching(of: TokensOf) {
  const parts = [sql`revoked_at is null`];
  if (of.ids) parts.push(sql`id = any(${of.ids}::uuid[])`);
  if (of.personId) parts.push(sql`person_id = ${of.personId}`);
  if (of.grantIds) parts.push(sql`grant_id = any(${of.grantIds}::uuid[])`);
  if (of.sessionIds) parts.push(sql`session_id = any(${of.sessionIds}::uuid[])`);
  if (of.appId) parts.push(sql`app_id = ${of.appId}`);
  if (of.site) parts.push(sql`site = ${of.site}`);
  if (of.orgId) parts.push(sql`person_id in (select id from person where org_id = ${of.orgId})`);
  return sql.join(parts, sql` and `);
}

/** Marks tokens as revoked. @returns those that were not before */
export async function markRevoked(db: Database, of: TokensOf, now: Date): Promise<TokenTable[]> {
  const { rows } = await sql<TokenTable>`
    update token set revoked_at = ${now} where ${matching(of)}
    returning hash, id, person_id, app_id, scopes, created, expires_at, revoked_at, grant_id, session_id, site,
      last_used`.execute(db);
  return rows;
}

/** Tokens that are neither expired nor revoked, newest first. */
export async function findActiveTokens(db: Database, of: TokensOf, now: Date): Promise<TokenTable[]> {
  const { rows } = await sql<TokenTable>`
    select hash, id, person_id, app_id, scopes, created, expires_at, revoked_at, grant_id, session_id, site,
      last_used
    from token where ${matching(of)} and (expires_at is null or expires_at > ${now})
    order by created desc, id desc`.execute(db);
  return rows;
}
