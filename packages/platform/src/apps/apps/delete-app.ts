import type { Uuid } from '@moothall/core';
import { revokeGrants } from '../../identity/grants/index.ts';
import { revokeTokens } from '../../identity/tokens/index.ts';
import { removeAccount } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { accessLockedApp, type Caller, deleteAppAction } from './access-app.ts';
import { removeApp } from './apps.store.ts';
import { causeOf, kindWords, reportApp } from './audit-app.ts';

/**
 * Deletes an app: a bot's memberships, webhooks and token end; of any other kind every grant and token that
 * was given to it is revoked, and a service app's accounts end. All of it counts before the reply.
 * @throws ApiError `app.not_found`
 */
export async function deleteApp(world: World, caller: Caller, id: Uuid): Promise<void> {
  await world.store.tx(async (tx) => {
    const app = await accessLockedApp(tx.db, caller, id, deleteAppAction);
    const cause = causeOf(caller);
    const inOrg = { ...cause, orgId: app.org_id };
    await revokeGrants(world, tx, { clientId: app.client_id }, inOrg);
    await revokeTokens(world, tx, { appId: app.client_id }, inOrg);
    if (app.person_id !== null) await removeAccount(world, tx, app.person_id as Uuid, cause);
    for (const slice of world.resources) await slice.appDeleted?.(world, tx, id, cause);
    await removeApp(tx.db, id);
    reportApp(tx, caller, app, {
      event: 'deleted',
      category: 'APP_DELETED',
      what: `deleted the ${kindWords[app.kind]} ${app.name}`,
    });
  });
}
