import { ApiError, type Uuid } from '@moothall/core';
import type { Decider } from '../../../authorize.ts';
import type { World } from '../../../world.ts';
import { mintToken } from '../../tokens/index.ts';
import { type Answer, answerUrl, withState } from '../authorize/redirects.ts';
import type { AuthorizationRequest } from '../authorize/request-checks.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { idTokenOf } from '../openid/id-token.ts';

/** What tokens by redirect are made of. */
export type ImplicitRequest = {
  actor: Decider['actor'];
  request: AuthorizationRequest;
  authTime: Date;
  /** Base URL of this server. */
  issuer: string;
};

/** An access token without a refresh token. @throws ApiError tokenlimit_reached */
async function accessAnswer(world: World, { actor, request }: ImplicitRequest): Promise<Answer> {
  const lifetimeSeconds = world.limits.get('token.grant_lifetime');
  const { token } = await world.store.tx((tx) =>
    mintToken(world, tx, {
      personId: actor.personId as Uuid,
      orgId: actor.orgId,
      scopes: request.scopes,
      appId: request.client.clientId,
      lifetimeSeconds,
    }),
  );
  const scope = request.scopes.join(' ');
  return { access_token: token, token_type: 'Bearer', expires_in: String(lifetimeSeconds), scope };
}

/**
 * The address with tokens in its fragment (documented for `cloud`; refused in `faq`, F70).
 * @throws ApiError tokenlimit_reached (F66)
 */
export async function answerWithTokens(world: World, implicit: ImplicitRequest): Promise<string> {
  if (world.config.behaviour !== 'cloud') throw new ApiError(oauthErrors['oauth.cloud_only']);
  const { actor, request, authTime, issuer } = implicit;
  const { responseTypes, client, scopes, nonce } = request;
  const access = responseTypes.has('token') ? await accessAnswer(world, implicit) : {};
  const about = {
    person: { id: actor.personId, email: actor.email, displayName: actor.displayName },
    accessToken: (access as Answer).access_token,
  };
  const idToken = responseTypes.has('id_token')
    ? {
        id_token: await idTokenOf(world, {
          ...about,
          clientId: client.clientId,
          scopes,
          issuer,
          authTime,
          nonce,
        }),
      }
    : {};
  return answerUrl(request.redirectUri, withState({ ...access, ...idToken }, request.state), 'fragment');
}
