export { appsAvailable, assertAppsAvailable, availabilityIn } from './assert-apps-available.ts';
export { availabilityErrors } from './availability.errors.ts';
