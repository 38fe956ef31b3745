import {
  JsonReply,
  type Mount,
  type RequestContext,
  sessionCookieHeader,
  sessionCookieOf,
} from '@moothall/http';
import type { World } from '../../world.ts';
import { enterOwnSite, presentDeployment, showAccountSession } from './account-session.ts';
import {
  enterSite,
  getDeployment,
  getSession,
  redeemSignInLink,
  signIn,
  signOut,
} from './sign-in.contract.ts';
import {
  type Admitted,
  signInWithLink,
  signInWithPassword,
  signOutVisitor,
  type Visitor,
} from './sign-in.service.ts';

const PRODUCT = 'Moothall';

/** The browser behind a request. */
function visitorOf({ headers, remoteAddress, trace }: RequestContext): Visitor {
  return {
    userAgent: headers['user-agent'],
    remoteAddress,
    cookie: sessionCookieOf(headers.cookie),
    traceId: trace.trackingId,
  };
}

/** Replies to somebody who was let in, with the cookie of their session. */
async function welcome(world: World, { baseUrl }: RequestContext, admitted: Admitted) {
  const lifetimeSeconds = world.limits.get('session.lifetime');
  return new JsonReply(await showAccountSession(world, admitted, admitted.cookie), {
    'Set-Cookie': sessionCookieHeader(admitted.cookie, lifetimeSeconds, baseUrl),
  });
}

function showOwn(world: World, { actor, headers }: RequestContext) {
  const sessionId = actor.sessionId ?? actor.tokenId;
  return showAccountSession(world, { personId: actor.personId, sessionId }, sessionCookieOf(headers.cookie)!);
}

/** Ties signing in and out to their handlers. */
export function mountSignIn(mount: Mount, world: World): void {
  mount(getDeployment, () => ({ product: PRODUCT, ...presentDeployment(world) }));
  mount(getSession, (request) => showOwn(world, request));
  mount(signIn, async (request) =>
    welcome(world, request, await signInWithPassword(world, request.body, visitorOf(request))),
  );
  mount(redeemSignInLink, async (request) =>
    welcome(world, request, await signInWithLink(world, request.body.token, visitorOf(request))),
  );
  mount(signOut, async (request) => {
    await signOutVisitor(world, visitorOf(request));
    return new JsonReply(undefined, { 'Set-Cookie': sessionCookieHeader('', 0, request.baseUrl) });
  });
  mount(enterSite, async (request) => {
    await enterOwnSite(world, request, request.body.site);
    return showOwn(world, request);
  });
}
