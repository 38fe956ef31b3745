import { ApiError } from '@moothall/core';
import {
  type HandlerRequest,
  type Mount,
  RawReply,
  sessionCookieHeader,
  sessionCookieOf,
} from '@moothall/http';
import type { World } from '../../../world.ts';
import { createSessionAuthenticator, endSessions } from '../../sessions/index.ts';
import { redirectTo } from '../authorize/redirects.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { logOut } from './logout.contract.ts';
import { isRegisteredRedirect } from './redirect-uris.store.ts';

type Request = HandlerRequest<(typeof logOut)[number]>;

const SIGNED_OUT_PAGE = '/account';

/** Our own origin, by its full address or a path; nothing that a browser would read as another host. */
function isOwn(goto: string, baseUrl: string): boolean {
  if (!URL.canParse(goto, baseUrl)) return false;
  const url = new URL(goto, baseUrl);
  return url.origin === new URL(baseUrl).origin && url.username === '' && url.password === '';
}

/** Where the browser goes. @throws ApiError 400 for an address that nobody registered */
async function targetOf(world: World, { query, baseUrl }: Request): Promise<string> {
  const { goto } = query;
  if (goto === undefined) return SIGNED_OUT_PAGE;
  if (isOwn(goto, baseUrl)) return new URL(goto, baseUrl).href;
  if (await isRegisteredRedirect(world.store.db, goto)) return new URL(goto).href;
  throw new ApiError(oauthErrors['oauth.goto_unknown']);
}

/** Ties the logout endpoint to sessions. */
export function mountLogout(mount: Mount, world: World): void {
  const authenticate = createSessionAuthenticator(world);

  async function endSession({ headers, trace }: Request): Promise<void> {
    const cookie = sessionCookieOf(headers.cookie);
    const actor = cookie === undefined ? undefined : await authenticate(cookie, 'account');
    if (actor?.sessionId === undefined) return;
    const { personId, orgId, sessionId } = actor;
    const cause = { orgId, actorId: personId, traceId: trace.trackingId };
    await world.store.tx((tx) => endSessions(world, tx, personId, [sessionId], cause));
  }

  for (const operation of logOut) {
    mount(operation, async (request) => {
      const target = await targetOf(world, request);
      await endSession(request);
      const { status, headers } = redirectTo(target);
      return new RawReply(status, {
        ...headers,
        'Set-Cookie': sessionCookieHeader('', 0, request.baseUrl),
      });
    });
  }
}
