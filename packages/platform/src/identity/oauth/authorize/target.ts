import { ApiError } from '@moothall/core';
import type { World } from '../../../world.ts';
import { findClient, type OAuthClient } from '../clients/client.ts';
import { oauthErrors } from '../oauth.errors.ts';

/** Who asks, and where the answer goes: settled before anything else of a request is looked at. */
export type Target = {
  client: OAuthClient;
  redirectUri: string;
  /** As the request named it; absent where it left the choice to the only registered one. */
  sentRedirectUri?: string;
};

type TargetQuery = { client_id?: string | undefined; redirect_uri?: string | undefined };

function redirectUriOf(client: OAuthClient, sent: string | undefined): string {
  // An address with a fragment is none to redirect to (RFC 6749, 3.1.2).
  const registered = client.settings.redirectUris.filter((uri) => !uri.includes('#'));
  if (sent !== undefined) {
    if (registered.includes(sent)) return sent;
    throw new ApiError(oauthErrors['oauth.redirect_unregistered']);
  }
  if (registered.length !== 1) throw new ApiError(oauthErrors['oauth.redirect_missing']);
  return registered[0]!;
}

/**
 * The client and the redirect URI of an authorization request. The URI must equal a registered one letter by
 * letter: no prefix, no other port, no other case (documented).
 * @throws ApiError that must not be told by redirect
 */
export async function resolveTarget(world: World, query: TargetQuery): Promise<Target> {
  const client = await findClient(world, query.client_id);
  if (client?.kind !== 'integration') throw new ApiError(oauthErrors['oauth.client_unknown']);
  const sent = query.redirect_uri;
  const redirectUri = redirectUriOf(client, sent);
  return { client, redirectUri, ...(sent !== undefined && { sentRedirectUri: sent }) };
}
