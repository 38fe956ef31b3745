import type { Actor } from '@moothall/contract';
import { ApiError } from '@moothall/core';
import { type HandlerRequest, type Mount, sessionCookieOf } from '@moothall/http';
import type { World } from '../../../world.ts';
import { createSessionAuthenticator } from '../../sessions/index.ts';
import { consentFacts, lastConsent } from '../consent/consent-facts.ts';
import { approve } from '../consent/decide.ts';
import { signInTimeOf } from '../consent/sign-in-time.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { authorize } from './authorize.contract.ts';
import { errorUrl, redirectTo } from './redirects.ts';
import { type AuthorizationQuery, type AuthorizationRequest, checkRequest } from './request-checks.ts';
import { resolveTarget, type Target } from './target.ts';

type Request = HandlerRequest<(typeof authorize)[number]>;
type Visitor = (request: Request) => Promise<Actor | undefined>;

const PAGE = '/account/authorize';

/** Our own page, with the request and when it came. */
function pageUrl(world: World, query: AuthorizationQuery): string {
  const known = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const requestedAt: [string, string] = ['requested_at', String(world.clock.nowMs())];
  return `${PAGE}?${new URLSearchParams([...known.filter(([name]) => name !== requestedAt[0]), requestedAt])}`;
}

/**
 * The answer without any page (`prompt=none`): only for who is signed in and has agreed to all of it before.
 * @throws ApiError login_required or consent_required
 */
async function answerSilently(
  world: World,
  actor: Actor | undefined,
  request: AuthorizationRequest,
  handlerRequest: Request,
): Promise<string> {
  if (!actor) throw new ApiError(oauthErrors['oauth.login_required']);
  const authTime = await signInTimeOf(world, actor);
  const { mustSignIn } = await consentFacts(world, request, actor, authTime);
  if (mustSignIn) throw new ApiError(oauthErrors['oauth.login_required']);
  const before = await lastConsent(world, actor, request.client.clientId);
  if (!before || request.scopes.some((scope) => !before.has(scope)))
    throw new ApiError(oauthErrors['oauth.consent_required']);
  const decider = { actor, capacities: ['user' as const], trace: handlerRequest.trace };
  return approve(world, decider, request, { authTime, issuer: handlerRequest.baseUrl });
}

async function answer(world: World, visitorOf: Visitor, target: Target, request: Request): Promise<string> {
  const { query } = request;
  const checked = checkRequest(world, target, query);
  if (!checked.prompts.has('none')) return pageUrl(world, query);
  return answerSilently(world, await visitorOf(request), checked, request);
}

/** Browsers read a refusal on our page, which asks again and is told the same; programs get it as it is. */
function isBrowser({ headers }: Request): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

/** Ties the authorization endpoint to its checks. */
export function mountAuthorize(mount: Mount, world: World): void {
  const authenticate = createSessionAuthenticator(world);
  const visitorOf: Visitor = async ({ headers }) => {
    const cookie = sessionCookieOf(headers.cookie);
    return cookie === undefined ? undefined : authenticate(cookie, 'account');
  };
  for (const operation of authorize) {
    mount(operation, async (request) => {
      let target: Target;
      try {
        target = await resolveTarget(world, request.query);
      } catch (error) {
        if (error instanceof ApiError && isBrowser(request)) return redirectTo(pageUrl(world, request.query));
        throw error;
      }
      try {
        return redirectTo(await answer(world, visitorOf, target, request));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return redirectTo(errorUrl(world, target, request.query, error));
      }
    });
  }
}
