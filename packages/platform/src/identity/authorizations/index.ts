import { resource } from '../../resource.ts';
import {
  deleteAuthorization,
  deleteAuthorizationInHub,
  deleteAuthorizations,
  deleteAuthorizationsInHub,
  getTokenExpiry,
  listAuthorizations,
  listAuthorizationsInHub,
} from './authorizations.contract.ts';
import { authorizationErrors } from './authorizations.errors.ts';
import { mountAuthorizations } from './authorizations.routes.ts';

export { revokeClient } from './authorizations.service.ts';

/** What people allowed apps, and their tokens, as administrators see and revoke them. */
export const authorizations = resource({
  name: 'authorizations',
  area: 'identity',
  operations: [
    listAuthorizations,
    deleteAuthorization,
    deleteAuthorizations,
    getTokenExpiry,
    listAuthorizationsInHub,
    deleteAuthorizationInHub,
    deleteAuthorizationsInHub,
  ],
  errors: authorizationErrors,
  routes: mountAuthorizations,
});
