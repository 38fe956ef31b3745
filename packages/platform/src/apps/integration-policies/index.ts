import { resource } from '../../resource.ts';
import {
  changeDefault,
  changePolicy,
  declineRequest,
  listIntegrations,
  listRequests,
  requestIntegration,
  revokeIntegration,
} from './integration-policies.contract.ts';
import { integrationPolicyErrors } from './integration-policies.errors.ts';
import { mountIntegrationPolicies } from './integration-policies.routes.ts';
import { integrationPolicyMigrations } from './integration-policies.table.ts';

export { type IntegrationAccess, integrationAccessOf } from './integration-access.ts';

/** Who of an organisation may use which integration. */
export const integrationPolicies = resource({
  name: 'integration-policies',
  area: 'apps',
  operations: [
    listIntegrations,
    changeDefault,
    changePolicy,
    revokeIntegration,
    requestIntegration,
    listRequests,
    declineRequest,
  ],
  errors: integrationPolicyErrors,
  routes: mountIntegrationPolicies,
  migrations: integrationPolicyMigrations,
});
