import { resource } from '../../resource.ts';
import { changeHubOrganization, getHubOrganization } from './hub-organization.contract.ts';
import { getOrganization, listOrganizations } from './organizations.contract.ts';
import { organizationErrors } from './organizations.errors.ts';
import { mountOrganizations } from './organizations.routes.ts';
import { organizationMigrations } from './organizations.table.ts';

export { accessOrganizationId } from './access-organization.ts';
export { asciiDomain, isDomain } from './domain-name.ts';
export {
  applyOrganizationChange,
  lockOwnOrganization,
  showHubOrganization,
} from './hub-organization.service.ts';
export {
  findOrganizationFacts,
  mayCreateEmbeddedApps,
  type OrganizationFacts,
  organizationKindOf,
} from './organization-facts.ts';
export { organizationErrors } from './organizations.errors.ts';
export {
  addOrganization,
  findOrganization,
  findOrganizationIdByDomain,
  lockDomain,
  lockOrganization,
  type NewOrganization,
  type OrganizationChange,
} from './organizations.store.ts';
export type { OrganizationKind, OrganizationSettings, OrgRow, OrgTable } from './organizations.table.ts';

/** Organisations. */
export const organizations = resource({
  name: 'organizations',
  area: 'identity',
  operations: [listOrganizations, getOrganization, getHubOrganization, changeHubOrganization],
  errors: organizationErrors,
  routes: mountOrganizations,
  migrations: organizationMigrations,
});
