import { createHash } from 'node:crypto';
import type { PersonFacts } from '../../../people/people/index.ts';
import type { World } from '../../../world.ts';
import { signJwt } from '../../signing-keys/index.ts';
import { claimsOf } from './claims.ts';

/** What an id_token is about. */
export type IdTokenRequest = {
  person: Pick<PersonFacts, 'id' | 'email' | 'displayName'>;
  clientId: string;
  scopes: readonly string[];
  /** Base URL of this server. */
  issuer: string;
  authTime: Date;
  nonce?: string | undefined;
  /** The access token that comes with it. */
  accessToken?: string | undefined;
};

/** How somebody signed in: by a password or a link of ours, nothing stronger. */
export const ACR = 'urn:moothall:acr:password';

/** The left half of an access token's SHA-256 (OpenID Connect, 3.1.3.6). */
function atHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}

/** Who signed in, for one client, signed by this server (OpenID Connect, 2). */
export function idTokenOf(world: World, request: IdTokenRequest): Promise<string> {
  const { person, clientId, scopes, issuer, authTime, nonce, accessToken } = request;
  const claims = {
    ...claimsOf(person, new Set(scopes)),
    iss: issuer,
    aud: clientId,
    auth_time: Math.floor(authTime.getTime() / 1000),
    acr: ACR,
    ...(nonce !== undefined && { nonce }),
    ...(accessToken !== undefined && { at_hash: atHash(accessToken) }),
  };
  return signJwt(world, claims, world.limits.get('oauth.id_token_lifetime'));
}
