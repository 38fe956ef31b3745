import { ApiError } from '@moothall/core';
import { authorize, type Decider } from '../../../authorize.ts';
import type { World } from '../../../world.ts';
import { type Answer, answerUrl, errorUrl, withState } from '../authorize/redirects.ts';
import {
  type AuthorizationQuery,
  type AuthorizationRequest,
  checkRequest,
} from '../authorize/request-checks.ts';
import { resolveTarget } from '../authorize/target.ts';
import { issueCode } from '../codes/issue-code.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { approveAction, consentFacts, decideAction } from './consent-facts.ts';
import { answerWithTokens } from './implicit.ts';

/** When a person signed in, and at which base URL of this server. */
export type SignedIn = { authTime: Date; issuer: string };

/** A person's answer to a request. */
export type Decision = SignedIn & { query: AuthorizationQuery; approved: boolean };

/** Whom a request is answered for. */
type Answering = SignedIn & { decider: Decider; request: AuthorizationRequest };

/**
 * Names who answers, against mix-up (RFC 9207): only to OpenID Connect clients, which know us by that name.
 * Others that check it know us by none and would refuse.
 */
function withIssuer(world: World, { scopes }: AuthorizationRequest, answer: Answer, issuer: string): Answer {
  return world.config.behaviour === 'cloud' && scopes.includes('openid')
    ? { ...answer, iss: issuer }
    : answer;
}

async function answerWithCode(
  world: World,
  { decider, request, authTime, issuer }: Answering,
): Promise<string> {
  const { actor, trace } = decider;
  const { client, scopes, sentRedirectUri: redirectUri, challenge, challengeMethod, nonce } = request;
  const whose = { personId: actor.personId, orgId: actor.orgId, clientId: client.clientId, scopes };
  const bound = { redirectUri, challenge, challengeMethod, nonce, authTime };
  const cause = { traceId: trace.trackingId };
  const code = await world.store.tx((tx) => issueCode(world, tx, { ...whose, ...bound }, cause));
  return answerUrl(
    request.redirectUri,
    withState(withIssuer(world, request, { code }, issuer), request.state),
  );
}

/**
 * Agrees to a request that was checked.
 * @throws ApiError 403 where the person may not, tokenlimit_reached where tokens go by redirect
 */
export async function approve(
  world: World,
  decider: Decider,
  request: AuthorizationRequest,
  { authTime, issuer }: SignedIn,
): Promise<string> {
  const { actor } = decider;
  authorize(decider, approveAction, await consentFacts(world, request, actor, authTime));
  if (request.responseTypes.has('code')) return answerWithCode(world, { decider, request, authTime, issuer });
  return answerWithTokens(world, { actor, request, authTime, issuer });
}

/**
 * Answers an authorization request for whoever is signed in. Everything about it is checked again.
 * @returns the address with the answer for the app
 * @throws ApiError 400 for a request that is wrong, 403 where the person may not agree to it
 */
export async function decideAuthorization(
  world: World,
  decider: Decider,
  { query, approved, ...signedIn }: Decision,
): Promise<string> {
  const target = await resolveTarget(world, query);
  const request = checkRequest(world, target, query);
  if (approved) return approve(world, decider, request, signedIn);
  authorize(decider, decideAction, await consentFacts(world, request, decider.actor, signedIn.authTime));
  return errorUrl(world, target, query, new ApiError(oauthErrors['oauth.declined']));
}
