import { resource } from '../../resource.ts';
import { getVerificationKeys } from './signing-keys.contract.ts';
import { mountSigningKeys } from './signing-keys.routes.ts';
import { signingKeyMigrations } from './signing-keys.table.ts';

export { publicKeys, signJwt } from './signing-keys.service.ts';

/** Keys that sign what this server says of people. */
export const signingKeys = resource({
  name: 'signing_keys',
  area: 'identity',
  operations: [getVerificationKeys],
  routes: mountSigningKeys,
  migrations: signingKeyMigrations,
});
