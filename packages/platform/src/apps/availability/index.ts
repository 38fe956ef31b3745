import { resource } from '../../resource.ts';
import { availabilityErrors } from './availability.errors.ts';

export { appsAvailable, assertAppsAvailable, availabilityIn } from './assert-apps-available.ts';
export { availabilityErrors } from './availability.errors.ts';

/** Whether an organisation has bots, integrations and webhooks at all. */
export const availability = resource({
  name: 'availability',
  area: 'apps',
  operations: [],
  errors: availabilityErrors,
});
