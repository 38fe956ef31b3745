import type { Resource } from '@moothall/platform';
import { getCatalog, getLimitedCatalog, getSignInCatalog } from './catalog.contract.ts';
import { mountCatalog } from './catalog.routes.ts';

/** Where the official SDK finds every other service. */
export const catalog: Resource = {
  name: 'sdk-catalog',
  area: 'sdk',
  operations: [getLimitedCatalog, getCatalog, getSignInCatalog],
  routes: mountCatalog,
};
