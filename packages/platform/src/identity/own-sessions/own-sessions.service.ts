import type { Actor } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { type Action, authorize, type Decider, type Refusal } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { endRefreshTokens, revokeGrants } from '../grants/index.ts';
import { endSessions, findLiveSessions } from '../sessions/index.ts';
import { countTokens, listTokens, revokeTokens } from '../tokens/index.ts';
import { ownSessionErrors } from './own-sessions.errors.ts';
import { findOwned, type OwnedSession } from './own-sessions.store.ts';

const end: Action<{ personId: string | undefined }> = {
  name: 'me.sessions.end',
  relations: {
    user: (actor: Actor, { personId }): Refusal =>
      personId === actor.personId ? undefined : 'it is no session of theirs',
  },
  unrelated: ownSessionErrors['own_session.not_found'],
};

function causeOf({ actor, trace }: Decider) {
  return { orgId: actor.orgId, actorId: actor.personId, traceId: trace.trackingId };
}

/** The token meter of an account: how many are active, of how many there may be. */
export async function tokenMeter(world: World, personId: Uuid): Promise<{ count: number; limit: number }> {
  const count = await countTokens(world, world.store.db, personId);
  return { count, limit: world.limits.get('token.active_per_account') };
}

async function endOne(
  world: World,
  tx: Tx,
  decider: Decider,
  id: Uuid,
  owned: OwnedSession,
): Promise<number> {
  const cause = causeOf(decider);
  const { personId } = decider.actor;
  if (owned.kind === 'browser') return endSessions(world, tx, personId, [id], cause);
  if (owned.grantId !== null) await endRefreshTokens(world, tx, [owned.grantId], cause);
  return (await revokeTokens(world, tx, { ids: [id], personId }, cause)).length;
}

/**
 * Ends one session of the caller: of a browser with the sites that it has entered; of a token that alone,
 * with the refresh token of its grant, so that exactly one slot is free (F18, F21). From the reply on it is
 * refused.
 * @throws ApiError 404 `own_session.not_found`, also for the second of two at once
 */
export async function endOwnSession(world: World, decider: Decider, id: Uuid): Promise<void> {
  const owned = await findOwned(world.store.db, id, world.clock.now());
  authorize(decider, end, { personId: owned?.personId });
  const ended = await world.store.tx((tx) => endOne(world, tx, decider, id, owned!));
  if (ended === 0) throw new ApiError(ownSessionErrors['own_session.not_found']);
}

/**
 * Ends everything of the caller but the session that asks and the sites that it has entered: other browsers,
 * what was allowed to apps, and personal tokens.
 * @returns how many browsers and tokens were ended
 */
export async function endOtherSessions(world: World, decider: Decider): Promise<number> {
  const { personId, sessionId } = decider.actor;
  const cause = causeOf(decider);
  return world.store.tx(async (tx) => {
    const live = await findLiveSessions(tx.db, personId, world.clock.now());
    const tokens = await listTokens(world, tx.db, { personId });
    const ids = tokens
      .filter((row) => row.session_id === null || row.session_id !== sessionId)
      .map(({ id }) => id);
    const others = live.map(({ id }) => id).filter((id) => id !== sessionId);
    const browsers = await endSessions(world, tx, personId, others, cause);
    await revokeGrants(world, tx, { personId }, cause);
    await revokeTokens(world, tx, { personId, ids }, cause);
    return browsers + ids.length;
  });
}

/**
 * Takes back all that the caller allowed an app.
 * @throws ApiError 404 `own_grant.not_found`
 */
export async function revokeOwnGrant(world: World, decider: Decider, clientId: string): Promise<void> {
  const { personId } = decider.actor;
  authorize(decider, end, { personId });
  const cause = causeOf(decider);
  const revoked = await world.store.tx(async (tx) => {
    const grants = await revokeGrants(world, tx, { personId, clientId }, cause);
    const tokens = await revokeTokens(world, tx, { personId, appId: clientId }, cause);
    return grants.length + tokens.length;
  });
  if (revoked === 0) throw new ApiError(ownSessionErrors['own_grant.not_found']);
}
