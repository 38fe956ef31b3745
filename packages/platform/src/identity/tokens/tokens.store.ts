import type { Database, Store } from '@moothall/store';
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

/** Stores a token. @throws a unique violation when its text exists */
export async function insertToken(db: Database, row: TokenTable): Promise<void> {
  await db.withTables<Tables>().insertInto('token').values(row).execute();
}

/** How many tokens of a person are neither expired nor revoked. */
export async function countActiveTokens(db: Database, personId: string, now: Date): Promise<number> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('token')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Locks a person's row, so that two tokens at once cannot pass the limit together. */
export async function lockPerson(db: Database, personId: string): Promise<void> {
  await db
    .withTables<Tables>()
    .selectFrom('person')
    .select('id')
    .where('id', '=', personId)
    .forUpdate()
    .execute();
}
