import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { revokeGrants } from '../../identity/grants/index.ts';
import { endSessions, findLiveSessions } from '../../identity/sessions/index.ts';
import { voidSignInLinks } from '../../identity/sign-in-links/index.ts';
import { revokeTokens } from '../../identity/tokens/index.ts';
import type { World } from '../../world.ts';
import { readPersonFacts } from '../people/index.ts';

/**
 * Ends every session, grant, token and sign-in link of a person, for good: who is activated again signs in anew. What
 * they made for others, such as bots, goes on (F63).
 */
export async function endAccess(
  world: World,
  tx: Tx,
  personId: Uuid,
  cause: { actorId: string; appId?: string | undefined; traceId?: string | undefined },
): Promise<void> {
  const person = await readPersonFacts(tx.db, personId);
  if (!person) return;
  const inOrg = { ...cause, orgId: person.orgId };
  const sessions = await findLiveSessions(tx.db, personId, world.clock.now());
  const ids = sessions.map((session) => session.id);
  await endSessions(world, tx, personId, ids, inOrg);
  await revokeGrants(world, tx, { personId }, inOrg);
  await revokeTokens(world, tx, { personId }, inOrg);
  await voidSignInLinks(world, tx, personId, inOrg);
}
