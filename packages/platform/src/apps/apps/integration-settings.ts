import type { AppRow } from './apps.store.ts';

/** What the owner of an integration or service app set, as the OAuth server needs it. */
export type IntegrationSettings = {
  /** Where codes may be sent; compared letter by letter. */
  redirectUris: readonly string[];
  /** Scopes that the app may ask for. */
  scopes: readonly string[];
  description: string;
  /** Name of the drawn icon that it has unless one was uploaded. */
  iconName: string;
  /** Path of its uploaded icon, below the base URL. */
  iconPath?: string;
};

/** Path of an app's uploaded icon, below the base URL; it changes with the image. Undefined where it has a drawn one. */
export function iconPathOf(app: Pick<AppRow, 'id' | 'icon_hash'>): string | undefined {
  return app.icon_hash === null
    ? undefined
    : `/portal/api/apps/${app.id}/icon?v=${app.icon_hash.slice(0, 12)}`;
}

/** The settings of an integration, or of a service app, which keeps the same ones. Its secret: `secretMatches`. */
export function integrationOf(app: AppRow): IntegrationSettings {
  const iconPath = iconPathOf(app);
  return {
    redirectUris: app.redirect_uris,
    scopes: app.scopes,
    description: app.description,
    iconName: app.icon_name,
    ...(iconPath !== undefined && { iconPath }),
  };
}
