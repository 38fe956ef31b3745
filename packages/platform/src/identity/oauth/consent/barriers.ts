import { integrationAccessOf } from '../../../apps/integration-policies/index.ts';
import type { PersonFacts } from '../../../people/people/index.ts';
import type { World } from '../../../world.ts';
import type { OAuthClient } from '../clients/client.ts';

/** What keeps a whole organisation, or one of its people, from an integration. */
export type Barrier = 'gov' | 'blocked';

const reasons: Readonly<Record<Barrier, string>> = {
  gov: 'integrations are not available in their organisation',
  blocked: 'an administrator blocked it',
};

/** Whether somebody's organisation lets them use an integration at all (F50); undefined when it does. */
export async function findBarrier(
  world: World,
  client: OAuthClient,
  person: Pick<PersonFacts, 'id' | 'orgId'>,
): Promise<Barrier | undefined> {
  // A service app was authorised by an administrator, for the organisation.
  if (client.kind !== 'integration') return undefined;
  const subject = { orgId: person.orgId, personId: person.id, clientId: client.clientId };
  const access = await integrationAccessOf(world, world.store.db, subject);
  return access.allowed ? undefined : access.reason;
}

/** The same in words, for who holds a grant already. */
export async function barrierOf(
  world: World,
  client: OAuthClient,
  person: Pick<PersonFacts, 'id' | 'orgId'>,
): Promise<string | undefined> {
  const barrier = await findBarrier(world, client, person);
  return barrier && reasons[barrier];
}
