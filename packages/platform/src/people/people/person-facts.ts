import type { Uuid } from '@moothall/core';
import type { World } from '../../world.ts';
import { comparableEmail } from './email-address.ts';
import type { PersonRow } from './people.table.ts';
import { loadPersonFacts, type PersonFacts } from './person-facts.store.ts';

export { type PersonFacts, readPersonFacts } from './person-facts.store.ts';

/** The facts of a person as far as this process has them at hand. */
export function knownPersonFacts(world: World, id: string): PersonFacts | undefined {
  return world.caches.named<PersonFacts>('person').get(id);
}

/** The facts of a person; undefined when there never was one. Deleted people are found, and marked. */
export async function findPersonFacts(world: World, id: Uuid): Promise<PersonFacts | undefined> {
  const cache = world.caches.named<PersonFacts>('person');
  const known = cache.get(id);
  if (known) return known;
  const version = cache.version();
  const facts = await loadPersonFacts(world.store, id);
  if (!facts) return undefined;
  cache.set(id, facts, version);
  return facts;
}

/** The facts of a person whose row is at hand, such as one that a transaction has locked. */
export function personFactsOf(row: PersonRow): PersonFacts {
  return {
    id: row.id as Uuid,
    orgId: row.org_id as Uuid,
    type: row.type,
    email: row.email,
    displayName: row.display_name,
    roles: new Set(row.roles),
    licenses: new Set(row.licenses),
    loginEnabled: row.login_enabled,
    deleted: row.deleted_at !== null,
    sharesPresence: row.profile.sharesPresence ?? true,
  };
}

/** The person, bot or guest with an address, in any case; undefined when none is active. */
export async function findPersonByEmail(world: World, email: string): Promise<PersonFacts | undefined> {
  const { rows } = await world.store.pool.query<{ id: Uuid }>(
    'select id from person where lower(email) = lower($1) and deleted_at is null',
    [comparableEmail(email)],
  );
  return rows[0] && findPersonFacts(world, rows[0].id);
}

/** Forgets a person's facts, in the transaction that changed them: `tx.onCommit(...)`. */
export function forgetPerson(world: World, id: string): void {
  world.caches.named<PersonFacts>('person').delete(id);
}
