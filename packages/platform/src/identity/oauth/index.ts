import { resource } from '../../resource.ts';
import { authorize } from './authorize/authorize.contract.ts';
import { mountAuthorize } from './authorize/authorize.routes.ts';
import { decideAuthorizationRequest, getAuthorizationRequest } from './consent/consent.contract.ts';
import { mountConsent } from './consent/consent.routes.ts';
import { oauthErrors } from './oauth.errors.ts';
import { oauthMigrations } from './oauth.table.ts';
import { createTokens } from './token/token.contract.ts';
import { mountTokenEndpoint } from './token/token.routes.ts';

export { approveAuthorizationAs } from './consent/approve-as.ts';
export type { ScopeRow } from './consent/scopes.data.ts';
export { scopeCatalogue } from './consent/scopes.ts';
export { oauthErrors } from './oauth.errors.ts';

/** The OAuth server. */
export const oauth = resource({
  name: 'oauth',
  area: 'identity',
  operations: [...authorize, getAuthorizationRequest, decideAuthorizationRequest, ...createTokens],
  errors: oauthErrors,
  routes(mount, world) {
    mountAuthorize(mount, world);
    mountConsent(mount, world);
    mountTokenEndpoint(mount, world);
  },
  migrations: oauthMigrations,
});
