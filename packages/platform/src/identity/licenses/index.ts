import { resource } from '../../resource.ts';
import { getLicense, listHubLicenses, listLicenses } from './licenses.contract.ts';
import { licenseErrors } from './licenses.errors.ts';
import { mountLicenses } from './licenses.routes.ts';
import { licenseMigrations } from './licenses.table.ts';

export { type LicenseIds, licenseWireId, loadLicenseIds } from './license-ids.ts';
export { listLicensesInUse } from './licenses.present.ts';
export { addLicense, defaultLicenses, type NewLicense, takeSeats } from './licenses.service.ts';
export { type LicenseRow, listLicensesOf } from './licenses.store.ts';
export type { LicenseTable, SiteType } from './licenses.table.ts';

/** Licences of organisations. */
export const licenses = resource({
  name: 'licenses',
  area: 'identity',
  operations: [listLicenses, getLicense, listHubLicenses],
  errors: licenseErrors,
  routes: mountLicenses,
  migrations: licenseMigrations,
});
