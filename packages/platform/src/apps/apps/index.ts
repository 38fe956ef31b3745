import { resource } from '../../resource.ts';
import { appMigrations } from './apps.table.ts';

export { addApp, newClientId } from './add-app.ts';
export { findAppByClientId } from './apps.store.ts';
export type { AppKind } from './apps.table.ts';
export { type IntegrationSettings, integrationOf } from './integration-settings.ts';

/** Bots, integrations, guest issuers and embedded apps; their operations come with the developer portal. */
export const apps = resource({
  name: 'apps',
  area: 'apps',
  operations: [],
  migrations: appMigrations,
});
