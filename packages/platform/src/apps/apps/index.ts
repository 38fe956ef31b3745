import { resource } from '../../resource.ts';
import {
  changeApp,
  checkBotUsername,
  createApp,
  deleteApp,
  getApp,
  getIcon,
  listAppKinds,
  listApps,
  regenerateSecret,
  regenerateToken,
  uploadIcon,
} from './apps.contract.ts';
import { appErrors } from './apps.errors.ts';
import { mountApps } from './apps.routes.ts';
import { appMigrations } from './apps.table.ts';

export {
  accessApp,
  accessLockedApp,
  type Caller,
  changeAppAction,
  transferAppAction,
} from './access-app.ts';
export { addApp, newClientId } from './add-app.ts';
export { secretMatches } from './app-secrets.ts';
export { presentApp } from './apps.present.ts';
export {
  type AppRow,
  findApp,
  findAppByClientId,
  findAppNames,
  listAppsOf,
  lockApp,
  type ShownApp,
  setAppState,
  updateApp,
} from './apps.store.ts';
export type { AppKind, AppTable } from './apps.table.ts';
export { causeOf as causeOfCaller, kindWords, reportApp } from './audit-app.ts';
export { botScopes } from './bot-scopes.data.ts';
export { findGuestIssuer, type GuestIssuer } from './guest-issuer.ts';
export { type IntegrationSettings, iconPathOf, integrationOf } from './integration-settings.ts';
export { renewBotToken, renewSecret } from './regenerate.ts';

/** Bots, integrations, guest issuers, service apps and embedded apps; made and kept in the developer portal. */
export const apps = resource({
  name: 'apps',
  area: 'apps',
  // That POST /applications is refused is no operation of the product: nothing in its description makes an app.
  operations: [
    listApps,
    listAppKinds,
    createApp,
    getApp,
    changeApp,
    deleteApp,
    regenerateSecret,
    regenerateToken,
    uploadIcon,
    getIcon,
    checkBotUsername,
  ],
  errors: appErrors,
  routes: mountApps,
  migrations: appMigrations,
});
