import { createSignInLinks, hashLightly, type World } from '@moothall/platform';
import type { Tx } from '@moothall/store';
import type { Cast } from './cast.ts';

/** Hashes of the passwords that stand in a world file, by the person's id; the same text is hashed once. */
export async function hashPasswords(cast: Cast): Promise<ReadonlyMap<string, string>> {
  const people = cast.orgs.flatMap((org) => org.people);
  const texts = new Set(people.flatMap(({ entry }) => entry.password ?? []));
  const hashed = await Promise.all([...texts].map(async (text) => [text, await hashLightly(text)] as const));
  const hashes = new Map(hashed);
  return new Map(
    people.flatMap(({ facts, entry }) =>
      entry.password === undefined ? [] : [[facts.id, hashes.get(entry.password)!] as const],
    ),
  );
}

/** Makes a link for each person of a world file that signs them in as often as it is opened. @returns tokens by address */
export async function makeLastingLinks(
  world: World,
  tx: Tx,
  cast: Cast,
): Promise<ReadonlyMap<string, string>> {
  const people = cast.orgs.flatMap((org) => org.people.map(({ facts }) => facts));
  const requests = people.map(({ id: personId, orgId }) => ({ personId, orgId, purpose: 'lab' as const }));
  const links = await createSignInLinks(world, tx, requests);
  return new Map(people.map(({ email }, index) => [email, links[index]!.token]));
}
