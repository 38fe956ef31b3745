import { ApiError, type Uuid } from '@moothall/core';
import type { World } from '../../../world.ts';
import { findLiveGrant, type GrantTable, lockLiveGrant, renewGrant } from '../../grants/index.ts';
import { allowedScopes, type OAuthClient, parseScopes } from '../clients/client.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { type IssuedTokens, mintUnder, personOfGrant } from './issued-tokens.ts';

/** What a client shows for a further access token. */
export type RefreshForm = { refreshToken: string; scope?: string | undefined };

function invalidGrant(): ApiError {
  return new ApiError(oauthErrors['oauth.grant_invalid'], { parameters: { field: 'refresh_token' } });
}

/** What is left of a grant: scopes that the app has lost since go, new ones do not come (F59, F60). */
function keptScopes(world: World, client: OAuthClient, { scopes }: GrantTable): string[] {
  const allowed = allowedScopes(world, client);
  return scopes.filter((scope) => allowed.has(scope));
}

/** Fewer scopes may be asked for, never more (RFC 6749, 6). */
function narrowed(kept: readonly string[], scope: string | undefined): readonly string[] {
  const asked = scope === undefined ? [] : parseScopes(scope);
  if (asked.some((name) => !kept.includes(name))) {
    const parameters = { reason: 'a refresh cannot ask for more than the person agreed to.' };
    throw new ApiError(oauthErrors['oauth.scope_invalid'], { parameters });
  }
  return asked.length > 0 ? asked : kept;
}

/**
 * Gives a further access token for a refresh token, whose text stays and whose 90 days begin anew; access
 * tokens that were given before stay valid (F20). A refused request changes nothing.
 * @throws ApiError invalid_grant, invalid_scope or tokenlimit_reached
 */
export async function refreshTokens(
  world: World,
  client: OAuthClient,
  form: RefreshForm,
): Promise<IssuedTokens> {
  const { refreshToken } = form;
  const seen = await findLiveGrant(world, refreshToken);
  if (seen?.client_id !== client.clientId) throw invalidGrant();
  // Before the lock: whoever holds it must not wait for a connection that those hold who wait for it.
  const person = await personOfGrant(world, client, seen.person_id as Uuid);
  return world.store.tx(async (tx) => {
    const grant = await lockLiveGrant(world, tx, refreshToken);
    const kept = grant ? keptScopes(world, client, grant) : [];
    if (!grant || kept.length === 0) throw invalidGrant();
    const scopes = narrowed(kept, form.scope);
    const access = await mintUnder(world, tx, { client, person, grantId: grant.id as Uuid }, scopes);
    const refreshExpiresAt = await renewGrant(world, tx, grant.id, kept);
    return { ...access, refreshToken, refreshExpiresAt, scopes };
  });
}
