import type { Tx } from '@moothall/store';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { listTokens, mintToken, revokeTokens, scopesOfRoles, type TokenTable } from '../tokens/index.ts';
import { findPersonalTokenId, lockPersonalTokenId, storePersonalTokenId } from './personal-tokens.store.ts';

/** A personal access token that was just made: the only time its text is known. */
export type MadePersonalToken = { text: string; scopes: string[]; created: Date; expires: Date };

/** The caller's personal access token while it lives. */
export async function findOwnPersonalToken(
  world: World,
  { actor }: Decider,
): Promise<TokenTable | undefined> {
  const id = await findPersonalTokenId(world.store.db, actor.personId);
  if (id === undefined) return undefined;
  return (await listTokens(world, world.store.db, { ids: [id], personId: actor.personId }))[0];
}

async function endFormer(world: World, tx: Tx, { actor, trace }: Decider): Promise<void> {
  const { personId, orgId } = actor;
  const former = await lockPersonalTokenId(tx.db, personId);
  const cause = { orgId, actorId: personId, traceId: trace.trackingId };
  if (former !== undefined) await revokeTokens(world, tx, { ids: [former], personId }, cause);
}

/**
 * Makes the caller's personal access token: for 12 hours, with all that their roles allow. The one before
 * ends, so that it never eats up the 750 (documented).
 * @throws ApiError `token.limit_reached`; the one before stays then
 */
export async function createPersonalToken(world: World, decider: Decider): Promise<MadePersonalToken> {
  const { personId, orgId, roles } = decider.actor;
  const scopes = scopesOfRoles(world, roles);
  const lifetimeSeconds = world.limits.get('token.personal_lifetime');
  return world.store.tx(async (tx) => {
    await endFormer(world, tx, decider);
    const created = world.clock.now();
    const minted = await mintToken(world, tx, { personId, orgId, scopes, lifetimeSeconds });
    await storePersonalTokenId(tx.db, personId, minted.tokenId);
    return { text: minted.token, scopes, created, expires: minted.expiresAt! };
  });
}

/** Ends the caller's personal access token, if there is one. */
export function endPersonalToken(world: World, decider: Decider): Promise<void> {
  return world.store.tx((tx) => endFormer(world, tx, decider));
}
