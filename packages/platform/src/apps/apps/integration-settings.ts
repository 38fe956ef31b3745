import type { findAppByClientId } from './apps.store.ts';

type StoredApp = NonNullable<Awaited<ReturnType<typeof findAppByClientId>>>;

/** What the owner of an integration set, as it is kept in the app's `config`. */
export type IntegrationSettings = {
  /** Where codes may be sent; compared letter by letter. */
  redirectUris: readonly string[];
  /** Scopes that the integration may ask for. */
  scopes: readonly string[];
  /** The client secret under `world.secrets`; absent: the client cannot authenticate. */
  clientSecretSealed?: string;
  description?: string;
  /** Address of its picture. */
  iconUrl?: string;
};

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The settings of an integration, or of a service app, which keeps the same ones; what is missing is empty. */
export function integrationOf({ config }: Pick<StoredApp, 'config'>): IntegrationSettings {
  const { redirectUris, scopes, clientSecretSealed, description, iconUrl } = config;
  return {
    redirectUris: textsOf(redirectUris),
    scopes: textsOf(scopes),
    ...(typeof clientSecretSealed === 'string' && { clientSecretSealed }),
    ...(typeof description === 'string' && { description }),
    ...(typeof iconUrl === 'string' && { iconUrl }),
  };
}
