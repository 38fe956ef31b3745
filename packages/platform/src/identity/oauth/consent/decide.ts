import { ApiError } from '@moothall/core';
import { authorize, type Decider } from '../../../authorize.ts';
import type { World } from '../../../world.ts';
import { answerUrl, errorUrl, withState } from '../authorize/redirects.ts';
import {
  type AuthorizationQuery,
  type AuthorizationRequest,
  checkRequest,
} from '../authorize/request-checks.ts';
import { resolveTarget } from '../authorize/target.ts';
import { issueCode } from '../codes/issue-code.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { approveAction, type ConsentFacts, consentFacts, decideAction } from './consent-facts.ts';

/** A person's answer to a request, and when they signed in. */
export type Decision = { query: AuthorizationQuery; approved: boolean; authTime: Date };

/** Whom a request is answered for. */
type Answering = { decider: Decider; facts: ConsentFacts };

/** Gives the app what it asked for. @returns where the browser goes */
async function grantTo(world: World, { decider, facts }: Answering): Promise<string> {
  const { actor, trace } = decider;
  const { request, authTime } = facts;
  const { personId, orgId } = actor;
  const code = await world.store.tx((tx) =>
    issueCode(
      world,
      tx,
      {
        personId,
        orgId,
        clientId: request.client.clientId,
        scopes: request.scopes,
        redirectUri: request.sentRedirectUri,
        challenge: request.challenge,
        challengeMethod: request.challengeMethod,
        nonce: request.nonce,
        authTime,
      },
      { traceId: trace.trackingId },
    ),
  );
  return answerUrl(request.redirectUri, withState({ code }, request.state));
}

/** Agrees to a request that was checked. @throws ApiError 403 where the person may not */
export async function approve(
  world: World,
  decider: Decider,
  request: AuthorizationRequest,
  authTime: Date,
): Promise<string> {
  const facts = await consentFacts(world, request, decider.actor, authTime);
  authorize(decider, approveAction, facts);
  return grantTo(world, { decider, facts });
}

/**
 * Answers an authorization request for whoever is signed in. Everything about it is checked again.
 * @returns the address with the answer for the app
 * @throws ApiError 400 for a request that is wrong, 403 where the person may not agree to it
 */
export async function decideAuthorization(
  world: World,
  decider: Decider,
  { query, approved, authTime }: Decision,
): Promise<string> {
  const target = await resolveTarget(world, query);
  const request = checkRequest(world, target, query);
  if (approved) return approve(world, decider, request, authTime);
  authorize(decider, decideAction, await consentFacts(world, request, decider.actor, authTime));
  return errorUrl(world, target, query, new ApiError(oauthErrors['oauth.declined']));
}
