import { ApiError, type Uuid } from '@moothall/core';
import { type AppRow, findAppByClientId, secretMatches } from '../../apps/apps/index.ts';
import { type Action, authorize, type Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { openGrant } from '../grants/index.ts';
import { mintToken } from '../tokens/index.ts';
import { serviceAppErrors } from './service-apps.errors.ts';
import { findAuthorization } from './service-apps.store.ts';

/** What somebody shows for tokens of a service app. */
export type ServiceAppCredentials = { clientId: string; clientSecret: string; targetOrgId: Uuid };

/** Whoever calls must be of the organisation that has the app; the secret says the rest (decided). */
const obtainToken: Action<{ app: AppRow | undefined }> = {
  name: 'serviceApps.token',
  relations: {
    user: (actor, { app }) =>
      app?.kind === 'service_app' && app.org_id === actor.orgId
        ? undefined
        : "it is no service app of the caller's organisation",
  },
  unrelated: serviceAppErrors['service_app.not_found'],
};

/** Scopes that were authorised and that the app still registers. */
async function standingOf(world: World, app: AppRow, orgId: Uuid) {
  const row = await findAuthorization(world.store.db, app.id, orgId);
  if (row?.state !== 'authorized' || row.person_id === null)
    throw new ApiError(serviceAppErrors['service_app.not_authorized']);
  const scopes = row.scopes.filter((scope) => app.scopes.includes(scope));
  if (scopes.length === 0) throw new ApiError(serviceAppErrors['service_app.no_scopes_left']);
  return { personId: row.person_id as Uuid, scopes };
}

/**
 * Opens a grant of a service app in an organisation, for who shows its secret; its refresh token is used at
 * the OAuth server's token endpoint.
 * @returns the wire form; lifetimes in seconds
 * @throws ApiError `service_app.credentials_refused`, `service_app.not_authorized`, `service_app.no_scopes_left`,
 *   `token.limit_reached`
 */
export async function issueTokens(world: World, app: AppRow, shown: ServiceAppCredentials) {
  const { clientId, clientSecret, targetOrgId: orgId } = shown;
  if (clientId !== app.client_id || !secretMatches(world, app, clientSecret))
    throw new ApiError(serviceAppErrors['service_app.credentials_refused']);
  const { personId, scopes } = await standingOf(world, app, orgId);
  const expiresIn = world.limits.get('token.grant_lifetime');
  return world.store.tx(async (tx) => {
    const { grantId, refreshToken } = await openGrant(world, tx, { personId, orgId, clientId, scopes });
    const request = { personId, orgId, scopes, appId: clientId, grantId, lifetimeSeconds: expiresIn };
    const { token } = await mintToken(world, tx, request);
    return {
      access_token: token,
      expires_in: expiresIn,
      refresh_token: refreshToken,
      refresh_token_expires_in: world.limits.get('token.refresh_lifetime'),
      token_type: 'Bearer' as const,
    };
  });
}

/**
 * The same for a program, by the id of the application.
 * @throws ApiError `service_app.not_found`, and as `issueTokens`
 */
export async function issueTokensTo(
  world: World,
  decider: Decider,
  applicationId: string,
  shown: ServiceAppCredentials,
) {
  const app = await findAppByClientId(world.store.db, applicationId);
  authorize(decider, obtainToken, { app });
  return issueTokens(world, app!, shown);
}
