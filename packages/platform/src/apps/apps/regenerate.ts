import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { mintToken, revokeTokens } from '../../identity/tokens/index.ts';
import type { World } from '../../world.ts';
import { accessLockedApp, type Caller, regenerateAction } from './access-app.ts';
import { kindsWithSecret, newSecret, type ShownSecret, shownSecret, storedSecret } from './app-secrets.ts';
import { appErrors } from './apps.errors.ts';
import { type AppRow, updateApp } from './apps.store.ts';
import { causeOf, kindWords, reportApp } from './audit-app.ts';
import { botScopes } from './bot-scopes.data.ts';

function report(tx: Tx, caller: Caller, app: AppRow, what: 'token' | 'secret'): void {
  reportApp(tx, caller, app, {
    event: 'updated',
    category: 'APP_SECRET_REGENERATED',
    what: `made a new ${what} of the ${kindWords[app.kind]} ${app.name}`,
  });
}

/**
 * Makes the token of a locked bot anew; the old one is refused from the reply on.
 * @throws ApiError `app.no_token` for other kinds
 */
export async function renewBotToken(world: World, tx: Tx, caller: Caller, app: AppRow): Promise<ShownSecret> {
  if (app.kind !== 'bot' || app.person_id === null)
    throw new ApiError(appErrors['app.no_token'], { parameters: { type: app.kind } });
  const [personId, orgId, appId] = [app.person_id as Uuid, app.org_id as Uuid, app.client_id];
  await revokeTokens(world, tx, { personId }, { ...causeOf(caller), orgId });
  const { token } = await mintToken(world, tx, { personId, orgId, appId, scopes: botScopes });
  report(tx, caller, app, 'token');
  return { kind: 'bot_token', value: token };
}

/**
 * Makes the secret of a locked app anew; the old one is refused from the reply on.
 * @throws ApiError `app.no_secret` for kinds that have none
 */
export async function renewSecret(world: World, tx: Tx, caller: Caller, app: AppRow): Promise<ShownSecret> {
  if (!kindsWithSecret.has(app.kind))
    throw new ApiError(appErrors['app.no_secret'], { parameters: { type: app.kind } });
  const secret = newSecret(world.random, app.kind);
  const lastModified = { last_modified: world.clock.now() };
  await updateApp(tx.db, app.id, { ...storedSecret(world, app.kind, secret), ...lastModified });
  report(tx, caller, app, 'secret');
  return shownSecret(app.kind, secret);
}

/** Makes a bot's token anew, for its owner or an administrator. @throws ApiError `app.not_found`, `app.no_token` */
export function regenerateToken(world: World, caller: Caller, id: Uuid): Promise<ShownSecret> {
  return world.store.tx(async (tx) =>
    renewBotToken(world, tx, caller, await accessLockedApp(tx.db, caller, id, regenerateAction)),
  );
}

/** Makes an app's secret anew, for its owner or an administrator. @throws ApiError `app.not_found`, `app.no_secret` */
export function regenerateSecret(world: World, caller: Caller, id: Uuid): Promise<ShownSecret> {
  return world.store.tx(async (tx) =>
    renewSecret(world, tx, caller, await accessLockedApp(tx.db, caller, id, regenerateAction)),
  );
}
