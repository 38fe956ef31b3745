import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { findPersonFacts, type PersonFacts } from '../../../people/people/index.ts';
import type { World } from '../../../world.ts';
import { mintToken } from '../../tokens/index.ts';
import type { OAuthClient } from '../clients/client.ts';
import { barrierOf } from '../consent/barriers.ts';
import { oauthErrors } from '../oauth.errors.ts';

/** What the token endpoint gives out. */
export type IssuedTokens = {
  accessToken: string;
  accessExpiresAt: Date;
  refreshToken: string;
  refreshExpiresAt: Date;
  scopes: readonly string[];
  /** OpenID Connect, in `cloud` only. */
  idToken?: string;
};

/** The wire form: lifetimes in whole seconds that are left. */
export function presentTokens({ clock }: Pick<World, 'clock'>, issued: IssuedTokens) {
  const secondsUntil = (end: Date) => Math.max(0, Math.floor((end.getTime() - clock.nowMs()) / 1000));
  return {
    access_token: issued.accessToken,
    token_type: 'Bearer' as const,
    expires_in: secondsUntil(issued.accessExpiresAt),
    refresh_token: issued.refreshToken,
    refresh_token_expires_in: secondsUntil(issued.refreshExpiresAt),
    scope: issued.scopes.join(' '),
    ...(issued.idToken !== undefined && { id_token: issued.idToken }),
  };
}

/**
 * The person of a code or grant, if they may still use the client.
 * @throws ApiError invalid_grant for who is deleted, deactivated, or kept from it by their organisation
 */
export async function personOfGrant(world: World, client: OAuthClient, personId: Uuid): Promise<PersonFacts> {
  const person = await findPersonFacts(world, personId);
  const isActive = person !== undefined && !person.deleted && person.loginEnabled;
  const reason = isActive ? await barrierOf(world, client, person) : 'the account is not active';
  if (!isActive || reason !== undefined)
    throw new ApiError(oauthErrors['oauth.grant_over'], { parameters: { reason: reason ?? 'it ended' } });
  return person;
}

/**
 * Mints an access token under a grant.
 * @throws ApiError tokenlimit_reached (F66)
 */
export async function mintUnder(
  world: World,
  tx: Tx,
  { client, person, grantId }: { client: OAuthClient; person: PersonFacts; grantId: Uuid },
  scopes: readonly string[],
): Promise<{ accessToken: string; accessExpiresAt: Date }> {
  const minted = await mintToken(world, tx, {
    personId: person.id,
    orgId: person.orgId,
    scopes,
    appId: client.clientId,
    grantId,
    lifetimeSeconds: world.limits.get('token.grant_lifetime'),
  });
  return { accessToken: minted.token, accessExpiresAt: minted.expiresAt! };
}
