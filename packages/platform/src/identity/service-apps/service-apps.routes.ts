import { JsonReply, type Mount, Page } from '@moothall/http';
import type { World } from '../../world.ts';
import { issueTokens, issueTokensTo } from './service-app-tokens.ts';
import {
  authorizeServiceApp,
  createOwnToken,
  createServiceAppToken,
  listOwnAuthorizations,
  listServiceApps,
  requestAuthorization,
  revokeServiceApp,
} from './service-apps.contract.ts';
import { presentForAdmin, presentForOwner } from './service-apps.present.ts';
import { accessOwnApp, authorizeApp, requestApp, revokeApp } from './service-apps.service.ts';
import { listAuthorizations } from './service-apps.store.ts';

/** Tokens stand in the reply: nobody may keep it (RFC 6749, 5.1). */
const UNKEPT = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

/** Ties the operations of service apps to their handlers. */
export function mountServiceApps(mount: Mount, world: World): void {
  mount(createServiceAppToken, async (request) => {
    const { applicationId } = request.params;
    return new JsonReply(await issueTokensTo(world, request, applicationId, request.body), UNKEPT);
  });
  mount(listServiceApps, async ({ actor }) => {
    const rows = await listAuthorizations(world.store.db, { orgId: actor.orgId });
    return new Page(rows.map(presentForAdmin));
  });
  mount(authorizeServiceApp, async (request) =>
    presentForAdmin(await authorizeApp(world, request, request.params.id, request.body.version)),
  );
  mount(revokeServiceApp, async (request) => {
    await revokeApp(world, request, request.params.id);
    return undefined;
  });
  mount(requestAuthorization, async (request) => ({
    state: await requestApp(world, request, request.params.id, request.body.orgId),
  }));
  mount(listOwnAuthorizations, async (request) => {
    const app = await accessOwnApp(world, request, request.params.id);
    return new Page((await listAuthorizations(world.store.db, { appId: app.id })).map(presentForOwner));
  });
  mount(createOwnToken, async (request) => {
    const { id, orgId: targetOrgId } = request.params;
    const app = await accessOwnApp(world, request, id);
    const shown = { clientId: app.client_id, clientSecret: request.body.clientSecret, targetOrgId };
    return new JsonReply(await issueTokens(world, app, shown), UNKEPT);
  });
}
