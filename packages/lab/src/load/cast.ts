import type { Uuid } from '@moothall/core';
import type { PersonFacts, World } from '@moothall/platform';
import type { BotEntry, OrgEntry, PersonEntry, WorldFile } from '../world-file/world-schema.ts';

/** A person of the file with what the platform knows them by. */
export type CastPerson = { facts: PersonFacts; entry: PersonEntry };

/** A bot of the file with what the platform knows it by. */
export type CastBot = { facts: PersonFacts; entry: BotEntry };

/** An organisation of the file with its people. */
export type CastOrg = { id: Uuid; entry: OrgEntry; people: CastPerson[]; bots: CastBot[] };

/** Everybody of a world file, by key. */
export type Cast = {
  orgs: CastOrg[];
  /** People and bots by their keys. */
  accounts: ReadonlyMap<string, PersonFacts>;
};

function personOf(world: World, orgId: Uuid, entry: PersonEntry): CastPerson {
  const facts: PersonFacts = {
    id: entry.id ?? world.ids.uuid(),
    orgId,
    type: 'person',
    email: entry.email,
    displayName: entry.displayName,
    roles: new Set(entry.roles),
    licenses: new Set(entry.licenses),
    loginEnabled: true,
    deleted: false,
    sharesPresence: true,
  };
  return { facts, entry };
}

function botOf(world: World, orgId: Uuid, entry: BotEntry): CastBot {
  const facts: PersonFacts = {
    id: world.ids.uuid(),
    orgId,
    type: 'bot',
    email: `${entry.username}@${world.config.botDomain}`,
    displayName: entry.name,
    roles: new Set(),
    licenses: new Set(),
    loginEnabled: true,
    deleted: false,
    sharesPresence: true,
  };
  return { facts, entry };
}

function castOrg(world: World, entry: OrgEntry): CastOrg {
  const id = entry.id ?? world.ids.uuid();
  const bots = entry.apps.filter((app): app is BotEntry => app.type === 'bot');
  return {
    id,
    entry,
    people: entry.people.map((person) => personOf(world, id, person)),
    bots: bots.map((bot) => botOf(world, id, bot)),
  };
}

/** Gives everybody of a file an id; what the file fixes stays. */
export function castOf(world: World, file: WorldFile): Cast {
  const orgs = file.orgs.map((org) => castOrg(world, org));
  const everybody = orgs.flatMap((org) => [...org.people, ...org.bots]);
  return { orgs, accounts: new Map(everybody.map(({ entry, facts }) => [entry.key, facts])) };
}
