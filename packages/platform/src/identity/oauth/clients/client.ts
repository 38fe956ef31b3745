import type { Uuid } from '@moothall/core';
import {
  type AppRow,
  findAppByClientId,
  type IntegrationSettings,
  integrationOf,
} from '../../../apps/apps/index.ts';
import type { World } from '../../../world.ts';

/** An app that speaks OAuth. */
export type OAuthClient = {
  appId: Uuid;
  clientId: string;
  kind: string;
  name: string;
  /** The organisation that owns it. */
  orgId: Uuid;
  settings: IntegrationSettings;
  /** Its row, for the comparison of its secret. */
  row: AppRow;
};

/** Service apps have refresh tokens, but nobody authorises them in a browser. */
const CLIENT_KINDS: ReadonlySet<string> = new Set(['integration', 'service_app']);

/** Scopes that ask who somebody is (OpenID Connect); in `cloud` every integration may ask for them. */
const OPENID_SCOPES: readonly string[] = ['openid', 'email', 'profile'];

/** Every integration holds it, so it is accepted and ignored (documented). */
const IMPLIED_SCOPE = 'spark:kms';

/** The client of an id; undefined when no app that speaks OAuth has it. */
export async function findClient(
  world: World,
  clientId: string | undefined,
): Promise<OAuthClient | undefined> {
  const app = clientId === undefined ? undefined : await findAppByClientId(world.store.db, clientId);
  if (!app || !CLIENT_KINDS.has(app.kind)) return undefined;
  const { id, client_id, kind, name, org_id } = app;
  return {
    appId: id as Uuid,
    clientId: client_id,
    kind,
    name,
    orgId: org_id as Uuid,
    settings: integrationOf(app),
    row: app,
  };
}

/** Scopes that were registered for a client, without the implied one. */
export function registeredScopes({ settings }: OAuthClient): string[] {
  return [...new Set(settings.scopes)].filter((scope) => scope !== IMPLIED_SCOPE);
}

/** Scopes that a client may ask for now. */
export function allowedScopes({ config }: Pick<World, 'config'>, client: OAuthClient): ReadonlySet<string> {
  const openid = config.behaviour === 'cloud' ? OPENID_SCOPES : [];
  return new Set([...registeredScopes(client), ...openid]);
}

/** The scopes of a space-separated text, each once, without the implied one. */
export function parseScopes(text: string): string[] {
  return [...new Set(text.split(/\s+/))].filter((scope) => scope !== '' && scope !== IMPLIED_SCOPE);
}
