import { resource } from '../../resource.ts';
import { removeMachineAccounts } from './machine-account.ts';
import {
  authorizeServiceApp,
  createOwnToken,
  createServiceAppToken,
  listOwnAuthorizations,
  listServiceApps,
  requestAuthorization,
  revokeServiceApp,
} from './service-apps.contract.ts';
import { serviceAppErrors } from './service-apps.errors.ts';
import { mountServiceApps } from './service-apps.routes.ts';
import { serviceAppMigrations } from './service-apps.table.ts';

/** Service apps: machines that a full administrator authorises for an organisation, with accounts of their own. */
export const serviceApps = resource({
  name: 'serviceApps',
  area: 'identity',
  operations: [
    createServiceAppToken,
    listServiceApps,
    authorizeServiceApp,
    revokeServiceApp,
    requestAuthorization,
    listOwnAuthorizations,
    createOwnToken,
  ],
  errors: serviceAppErrors,
  routes: mountServiceApps,
  migrations: serviceAppMigrations,
  appDeleted: removeMachineAccounts,
});
