import { resource } from '../../resource.ts';
import { getOpenApi, listLimits, listOperations, listScopes } from './portal-reference.contract.ts';
import { mountPortalReference } from './portal-reference.routes.ts';

/** Limits, scopes and operations as pages of the portal document them. */
export const portalReference = resource({
  name: 'portal-reference',
  area: 'apps',
  operations: [listLimits, listScopes, getOpenApi, listOperations],
  routes: mountPortalReference,
});
