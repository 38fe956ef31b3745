import {
  addApp,
  addLicense,
  addOrganization,
  addPeople,
  botScopes,
  defaultLicenses,
  mintTokens,
  type NewPerson,
  type NewToken,
  newClientId,
  type World,
} from '@moothall/platform';
import type { Tx } from '@moothall/store';
import type { Cast, CastBot, CastOrg, CastPerson } from './cast.ts';
import { hashPasswords, makeLastingLinks } from './sign-in-ways.ts';

/** Tokens of a loaded world by address: a person's first token, a bot's only one; and what their links sign in by. */
export type LoadedAccounts = {
  tokens: ReadonlyMap<string, string>;
  signInTokens: ReadonlyMap<string, string>;
};

async function storeOrg(world: World, tx: Tx, { id, entry, people }: CastOrg): Promise<void> {
  const { displayName, profile, domains, siteUrl } = entry;
  const site = siteUrl === undefined ? {} : { siteUrl };
  await addOrganization(world, tx, { id, displayName, profile, domains, ...site });
  const standard = defaultLicenses(id, siteUrl);
  const named = new Set(people.flatMap((person) => person.entry.licenses));
  for (const license of standard) named.delete(license.key);
  const extra = [...named].map((key) => ({ orgId: id, key, name: key, totalUnits: 1000 }));
  for (const license of [...standard, ...extra]) await addLicense(world, tx, license);
}

function newPerson({ facts, entry }: CastPerson, passwordHash?: string): NewPerson {
  const { id, orgId, email, displayName } = facts;
  const { firstName, lastName, roles, licenses } = entry;
  const profile = {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
  };
  const password = passwordHash === undefined ? {} : { passwordHash };
  return { id, orgId, email, displayName, profile, roles, licenses, ...password };
}

function newBot({ facts }: CastBot): NewPerson {
  const { id, orgId, email, displayName } = facts;
  return { id, orgId, type: 'bot', email, displayName };
}

function literal(text: string | undefined, orgId: string): { text?: string } {
  return text === undefined ? {} : { text: text.replace('<org>', orgId) };
}

function tokensOf({ people }: CastOrg): NewToken[] {
  return people.flatMap(({ facts, entry }) =>
    entry.tokens.map(({ token, scopes }) => ({
      personId: facts.id,
      orgId: facts.orgId,
      scopes,
      ...literal(token, facts.orgId),
    })),
  );
}

async function storeBots(world: World, tx: Tx, org: CastOrg, { accounts }: Cast): Promise<NewToken[]> {
  const tokens: NewToken[] = [];
  for (const { facts, entry } of org.bots) {
    const clientId = entry.clientId ?? newClientId(world.random);
    const owner = entry.owner === undefined ? org.people[0]?.facts : accounts.get(entry.owner);
    await addApp(world, tx, {
      ...(entry.id && { id: entry.id }),
      kind: 'bot',
      name: entry.name,
      orgId: org.id,
      ownerId: owner?.id,
      personId: facts.id,
      clientId,
      config: { username: entry.username },
    });
    const { id: personId, orgId } = facts;
    tokens.push({ personId, orgId, appId: clientId, scopes: botScopes, ...literal(entry.token, orgId) });
  }
  return tokens;
}

/** Stores organisations, people with their passwords and links, bots, and everybody's tokens. */
export async function loadAccounts(world: World, tx: Tx, cast: Cast): Promise<LoadedAccounts> {
  const hashes = await hashPasswords(cast);
  for (const org of cast.orgs) await storeOrg(world, tx, org);
  await addPeople(
    world,
    tx,
    cast.orgs.flatMap((org) => [
      ...org.people.map((person) => newPerson(person, hashes.get(person.facts.id))),
      ...org.bots.map(newBot),
    ]),
  );
  const requests: NewToken[] = [];
  for (const org of cast.orgs) requests.push(...tokensOf(org), ...(await storeBots(world, tx, org, cast)));
  const minted = await mintTokens(world, tx, requests);
  const emails = new Map([...cast.accounts.values()].map(({ id, email }) => [id, email]));
  const tokens = new Map<string, string>();
  for (const [index, { personId }] of requests.entries()) {
    const email = emails.get(personId)!;
    if (!tokens.has(email)) tokens.set(email, minted[index]!.token);
  }
  return { tokens, signInTokens: await makeLastingLinks(world, tx, cast) };
}
