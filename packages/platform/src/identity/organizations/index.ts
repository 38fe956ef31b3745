import { resource } from '../../resource.ts';
import { getOrganization, listOrganizations } from './organizations.contract.ts';
import { organizationErrors } from './organizations.errors.ts';
import { mountOrganizations } from './organizations.routes.ts';
import { organizationMigrations } from './organizations.table.ts';

export { accessOrganizationId } from './access-organization.ts';
export {
  addOrganization,
  findOrganization,
  findOrganizationIdByDomain,
  type NewOrganization,
} from './organizations.store.ts';
export type { OrgTable } from './organizations.table.ts';

/** Organisations. */
export const organizations = resource({
  name: 'organizations',
  area: 'identity',
  operations: [listOrganizations, getOrganization],
  errors: organizationErrors,
  routes: mountOrganizations,
  migrations: organizationMigrations,
});
