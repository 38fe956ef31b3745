import { resource } from '../../resource.ts';
import { organizationMigrations } from './organizations.table.ts';

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
  operations: [],
  migrations: organizationMigrations,
});
