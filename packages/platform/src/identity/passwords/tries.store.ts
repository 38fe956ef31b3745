import type { Store } from '@moothall/store';

/** How often something was tried in the window that ends then. */
export type CountedTry = { key: Buffer; tries: number; endsAt: Date };

const COUNT = `
  insert into password_try as known (key, tries, ends_at)
  select key, 1, $2 from unnest($1::bytea[]) as asked (key) order by key
  on conflict (key) do update set
    tries = case when known.ends_at <= $3 then 1 else known.tries + 1 end,
    ends_at = case when known.ends_at <= $3 then excluded.ends_at else known.ends_at end
  returning key, tries, ends_at as "endsAt"`;

const TAKE_BACK = 'update password_try set tries = greatest(tries - 1, 0) where key = any($1::bytea[])';

const SWEEP = `
  delete from password_try where key in
    (select key from password_try where ends_at <= $1 order by ends_at limit 100 for update skip locked)`;

/** Counts one try of each key, in a window that begins now where none runs. */
export async function countTries(
  store: Store,
  keys: readonly Buffer[],
  now: Date,
  endsAt: Date,
): Promise<CountedTry[]> {
  return (await store.pool.query<CountedTry>(COUNT, [keys, endsAt, now])).rows;
}

/** Takes one try of each key back. */
export async function uncountTries(store: Store, keys: readonly Buffer[]): Promise<void> {
  await store.pool.query(TAKE_BACK, [keys]);
}

/** Forgets the tries of one key. */
export async function forgetTries(store: Store, key: Buffer): Promise<void> {
  await store.pool.query('delete from password_try where key = $1', [key]);
}

/** Removes some of the windows that are over. */
export async function sweepTries(store: Store, now: Date): Promise<void> {
  await store.pool.query(SWEEP, [now]);
}
