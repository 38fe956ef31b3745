import { resource } from '../../resource.ts';
import { listTransferableApps, transferApp } from './app-transfer.contract.ts';
import { transferErrors } from './app-transfer.errors.ts';
import { mountAppTransfer } from './app-transfer.routes.ts';

/** Application Transfer: an administrator gives an app of the organisation to another owner. */
export const appTransfer = resource({
  name: 'app-transfer',
  area: 'apps',
  operations: [listTransferableApps, transferApp],
  errors: transferErrors,
  routes: mountAppTransfer,
});
