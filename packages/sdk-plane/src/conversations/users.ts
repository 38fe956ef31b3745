import { type Decider, findPersonByEmail, resolvePerson, type World } from '@moothall/platform';

/** What is known of an address. */
export type KnownUser = { userExists: boolean; id?: string };

async function invite(world: World, { actor, trace }: Decider, personEmail: string): Promise<KnownUser> {
  const cause = { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
  const person = await world.store.tx((tx) => resolvePerson(world, tx, { personEmail }, cause, actor.orgId));
  return { userExists: true, id: person.id };
}

/**
 * People by their addresses.
 * @param isInviting whether unknown ones become pending people, as when they are added to a room
 */
export async function lookUp(
  world: World,
  decider: Decider,
  emails: readonly string[],
  isInviting: boolean,
): Promise<Record<string, KnownUser>> {
  const known: [string, KnownUser][] = [];
  for (const email of new Set(emails)) {
    const person = await findPersonByEmail(world, email);
    if (person) known.push([email, { userExists: true, id: person.id }]);
    else known.push([email, isInviting ? await invite(world, decider, email) : { userExists: false }]);
  }
  return Object.fromEntries(known);
}
