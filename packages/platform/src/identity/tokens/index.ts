import { resource } from '../../resource.ts';
import { tokenErrors } from './tokens.errors.ts';
import { tokenMigrations } from './tokens.table.ts';

export { type FirstPartyApp, firstPartyAppOf, firstPartyApps } from './first-party-apps.ts';
export {
  countTokens,
  listTokens,
  type RevokedTokens,
  revokeTokens,
  type TokensOf,
} from './revoke-tokens.ts';
export { scopesOfRoles } from './scopes-of-roles.ts';
export { hashToken, newTokenText, tokenKey } from './token-text.ts';
export {
  createAuthenticator,
  type MintedToken,
  mintToken,
  mintTokens,
  type NewToken,
} from './tokens.service.ts';
export type { TokenTable } from './tokens.table.ts';

/** Access tokens; their REST operations come with the authorizations API. */
export const tokens = resource({
  name: 'tokens',
  area: 'identity',
  operations: [],
  errors: tokenErrors,
  migrations: tokenMigrations,
});
