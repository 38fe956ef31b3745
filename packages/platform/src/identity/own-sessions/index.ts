import { resource } from '../../resource.ts';
import {
  endOtherSessions,
  endOwnSession,
  listOwnGrants,
  listOwnSessions,
  revokeOwnGrant,
} from './own-sessions.contract.ts';
import { ownSessionErrors } from './own-sessions.errors.ts';
import { mountOwnSessions } from './own-sessions.routes.ts';

/** The profile page's sessions and allowed apps. */
export const ownSessions = resource({
  name: 'own-sessions',
  area: 'identity',
  operations: [listOwnSessions, endOwnSession, endOtherSessions, listOwnGrants, revokeOwnGrant],
  routes: mountOwnSessions,
  errors: ownSessionErrors,
});
