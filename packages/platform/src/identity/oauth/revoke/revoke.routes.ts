import { ApiError, type Uuid } from '@moothall/core';
import type { Mount } from '@moothall/http';
import type { Tx } from '@moothall/store';
import type { World } from '../../../world.ts';
import { lockLiveGrant, revokeGrants } from '../../grants/index.ts';
import { createAuthenticator, revokeTokens } from '../../tokens/index.ts';
import { authenticateClient } from '../clients/authenticate-client.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { revokeToken } from './revoke.contract.ts';

type Revoker = { clientId: string; traceId: string };

/** Who made a token may end it, and nobody else. */
function assertOwn(clientId: string, owner: string | undefined): void {
  if (owner === clientId) return;
  const parameters = { what: 'token' };
  throw new ApiError(oauthErrors['oauth.client_not_allowed'], { parameters });
}

/** @returns whether the text is a live refresh token */
async function revokeRefreshToken(
  world: World,
  tx: Tx,
  token: string,
  { clientId, traceId }: Revoker,
): Promise<boolean> {
  const grant = await lockLiveGrant(world, tx, token);
  if (!grant) return false;
  assertOwn(clientId, grant.client_id);
  const cause = { orgId: grant.org_id, actorId: grant.person_id, appId: clientId, traceId };
  await revokeGrants(world, tx, { ids: [grant.id] }, cause);
  return true;
}

/** Ties the revocation endpoint to grants and tokens. */
export function mountRevocation(mount: Mount, world: World): void {
  const authenticate = createAuthenticator(world);

  async function revokeAccessToken(token: string, { clientId, traceId }: Revoker): Promise<void> {
    const actor = await authenticate(token);
    if (!actor) return;
    assertOwn(clientId, actor.appId);
    const cause = { orgId: actor.orgId, actorId: actor.personId, appId: clientId, traceId };
    const of = { ids: [actor.tokenId as Uuid] };
    await world.store.tx((tx) => revokeTokens(world, tx, of, cause));
  }

  for (const operation of revokeToken) {
    mount(operation, async (request) => {
      const { token } = request.body;
      const { clientId } = await authenticateClient(world, request);
      if (token === undefined) {
        const parameters = { field: 'token', remedy: 'it is missing.' };
        throw new ApiError(oauthErrors['oauth.invalid_request'], { parameters });
      }
      const revoker = { clientId, traceId: request.trace.trackingId };
      // What is no token any more is as good as revoked (RFC 7009, 2.2).
      if (!(await world.store.tx((tx) => revokeRefreshToken(world, tx, token, revoker))))
        await revokeAccessToken(token, revoker);
      return {};
    });
  }
}
