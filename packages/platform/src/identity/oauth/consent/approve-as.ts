import type { Actor } from '@moothall/contract';
import type { Trace } from '@moothall/http';
import type { PersonFacts } from '../../../people/people/index.ts';
import type { World } from '../../../world.ts';
import { readAuthorizationQuery } from '../authorize/read-query.ts';
import { decideAuthorization } from './decide.ts';

/** Somebody as if they had signed in just now. */
function actorOf(world: World, person: PersonFacts): Actor {
  const { id, orgId, type, email, displayName, roles, licenses } = person;
  const account = { type, email, displayName, roles, licenses };
  return { ...account, personId: id, orgId, scopes: new Set(), tokenId: world.ids.uuid() };
}

/**
 * Agrees to an authorization request as somebody without their page: for the lab. All rules of a consent hold.
 * @param query the query of the URL that the app sends people to, as text
 * @returns where the browser would go
 * @throws ApiError 400 for a request that is wrong, 403 where the person may not agree to it
 */
export function approveAuthorizationAs(
  world: World,
  person: PersonFacts,
  query: string,
  trace: Trace,
): Promise<string> {
  const decider = { actor: actorOf(world, person), capacities: ['user' as const], trace };
  const signedIn = { authTime: world.clock.now(), issuer: world.config.publicUrl };
  const decision = { query: readAuthorizationQuery(query), approved: true, ...signedIn };
  return decideAuthorization(world, decider, decision);
}
