import { resource } from '../../resource.ts';
import { appMigrations } from './apps.table.ts';

export { addApp, newClientId } from './add-app.ts';
export { secretMatches } from './app-secrets.ts';
export { type AppRow, findAppByClientId } from './apps.store.ts';
export type { AppKind, AppTable } from './apps.table.ts';
export { botScopes } from './bot-scopes.data.ts';
export { findGuestIssuer, type GuestIssuer } from './guest-issuer.ts';
export { type IntegrationSettings, iconPathOf, integrationOf } from './integration-settings.ts';

/** Bots, integrations, guest issuers, service apps and embedded apps; made and kept in the developer portal. */
export const apps = resource({
  name: 'apps',
  area: 'apps',
  operations: [],
  migrations: appMigrations,
});
