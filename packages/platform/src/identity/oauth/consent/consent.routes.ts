import type { Mount } from '@moothall/http';
import type { World } from '../../../world.ts';
import { readAuthorizationQuery } from '../authorize/read-query.ts';
import { decideAuthorizationRequest, getAuthorizationRequest } from './consent.contract.ts';
import { decideAuthorization } from './decide.ts';
import { showRequest } from './show-request.ts';
import { signInTimeOf } from './sign-in-time.ts';

/** Ties the operations of the consent page to their handlers. */
export function mountConsent(mount: Mount, world: World): void {
  mount(getAuthorizationRequest, async ({ actor, query }) =>
    showRequest(world, actor, query, await signInTimeOf(world, actor)),
  );
  mount(decideAuthorizationRequest, async (request) => {
    const { actor, body, baseUrl: issuer } = request;
    const query = readAuthorizationQuery(body.query);
    const authTime = await signInTimeOf(world, actor);
    const decision = { query, approved: body.approved, authTime, issuer };
    return { redirectUrl: await decideAuthorization(world, request, decision) };
  });
}
