import { resource } from '../../resource.ts';
import { grantMigrations } from './grants.table.ts';

export {
  endRefreshTokens,
  findLiveGrant,
  type GrantsOf,
  listGrants,
  lockLiveGrant,
  type NewGrant,
  type OpenedGrant,
  openGrant,
  renewGrant,
  revokeGrants,
} from './grants.service.ts';
export type { GrantTable } from './grants.table.ts';
export { findScopeDrift, type ScopeDrift } from './scope-drift.store.ts';

/** What people allowed apps, with refresh tokens; made by OAuth, listed by the authorizations API. */
export const grants = resource({
  name: 'grants',
  area: 'identity',
  operations: [],
  migrations: grantMigrations,
});
