import { resource } from '../../resource.ts';
import { authorize } from './authorize/authorize.contract.ts';
import { mountAuthorize } from './authorize/authorize.routes.ts';
import { decideAuthorizationRequest, getAuthorizationRequest } from './consent/consent.contract.ts';
import { mountConsent } from './consent/consent.routes.ts';
import {
  authorizeDevice,
  createDeviceTokens,
  decideDeviceRequest,
  getDeviceRequest,
} from './device/device.contract.ts';
import { mountDevice } from './device/device.routes.ts';
import { deviceMigrations } from './device/device.table.ts';
import { logOut } from './logout/logout.contract.ts';
import { mountLogout } from './logout/logout.routes.ts';
import { getMetadata } from './metadata/metadata.contract.ts';
import { mountMetadata } from './metadata/metadata.routes.ts';
import { oauthErrors } from './oauth.errors.ts';
import { oauthMigrations } from './oauth.table.ts';
import { getUserInfo } from './openid/userinfo.contract.ts';
import { mountUserInfo } from './openid/userinfo.routes.ts';
import { revokeToken } from './revoke/revoke.contract.ts';
import { mountRevocation } from './revoke/revoke.routes.ts';
import { createTokens } from './token/token.contract.ts';
import { mountTokenEndpoint } from './token/token.routes.ts';

export { approveAuthorizationAs } from './consent/approve-as.ts';

/** The OAuth server. */
export const oauth = resource({
  name: 'oauth',
  area: 'identity',
  operations: [
    ...authorize,
    getAuthorizationRequest,
    decideAuthorizationRequest,
    ...createTokens,
    ...revokeToken,
    ...logOut,
    ...getMetadata,
    authorizeDevice,
    createDeviceTokens,
    getDeviceRequest,
    decideDeviceRequest,
    ...getUserInfo,
  ],
  errors: oauthErrors,
  routes(mount, world) {
    mountAuthorize(mount, world);
    mountConsent(mount, world);
    mountTokenEndpoint(mount, world);
    mountRevocation(mount, world);
    mountLogout(mount, world);
    mountMetadata(mount, world);
    mountDevice(mount, world);
    mountUserInfo(mount, world);
  },
  migrations: [...oauthMigrations, ...deviceMigrations],
});
