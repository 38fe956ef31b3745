import { ApiError } from '@moothall/core';
import { type Mount, Page } from '@moothall/http';
import { findScopeDrift } from '../../identity/grants/index.ts';
import { decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { accessApp, readAppAction } from './access-app.ts';
import { serveIcon, setIcon } from './app-icon.ts';
import { appKindsFor } from './app-kinds.ts';
import {
  changeApp,
  checkBotUsername,
  createApp,
  createApplication,
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
import { presentApp } from './apps.present.ts';
import { listAppsOf, type ShownApp } from './apps.store.ts';
import { checkUsername } from './bot-usernames.ts';
import { changeApp as change } from './change-app.ts';
import { createApp as create } from './create-app.ts';
import { deleteApp as remove } from './delete-app.ts';
import { regenerateSecret as newSecret, regenerateToken as newToken } from './regenerate.ts';

async function presenterOf(world: World, rows: readonly ShownApp[], baseUrl: string) {
  const integrations = rows.filter(({ kind }) => kind === 'integration');
  const registered = integrations.map(({ client_id: clientId, scopes }) => ({ clientId, scopes }));
  const drifts = await findScopeDrift(world.store.db, registered, world.clock.now());
  return (row: ShownApp) => presentApp(row, baseUrl, drifts.get(row.client_id));
}

async function presentOne(world: World, row: ShownApp, baseUrl: string) {
  return (await presenterOf(world, [row], baseUrl))(row);
}

/** A key that the page gave twice counts once; the header is for clients that know its name. */
function requestKeyOf(requestId: string | undefined, headers: Record<string, string | undefined>) {
  const header = headers['idempotency-key'];
  return requestId ?? (header !== undefined && /^[\x21-\x7e]{1,128}$/.test(header) ? header : undefined);
}

/** Ties the operations of the caller's own apps to their handlers. */
export function mountApps(mount: Mount, world: World): void {
  mount(listApps, async ({ actor, query, baseUrl }) => {
    const { type: kind, state, q, max } = query;
    const after = query.cursor === undefined ? undefined : decodeKeyset(query.cursor, { byTime: false });
    const rows = await listAppsOf(world.store.db, {
      ownerId: actor.personId,
      kind,
      state,
      q,
      max,
      afterId: after?.id,
    });
    const present = await presenterOf(world, rows, baseUrl);
    return pageOf(rows, max, present, (row) => ({ key: '', id: row.id }));
  });
  mount(listAppKinds, async ({ actor }) => new Page(await appKindsFor(world, actor.orgId)));
  mount(createApp, async (request) => {
    const { body, headers, baseUrl } = request;
    const key = requestKeyOf(body.requestId, headers);
    const { app, secret } = await create(world, request, body, key);
    return { app: await presentOne(world, app, baseUrl), ...(secret && { secret }) };
  });
  mount(getApp, async (request) => {
    const row = await accessApp(world.store.db, request, request.params.id, readAppAction);
    return presentOne(world, row, request.baseUrl);
  });
  mount(changeApp, async (request) => {
    const row = await change(world, request, request.params.id, request.body);
    return presentOne(world, row, request.baseUrl);
  });
  mount(deleteApp, async (request) => void (await remove(world, request, request.params.id)));
  mount(regenerateSecret, async (request) => ({
    secret: await newSecret(world, request, request.params.id),
  }));
  mount(regenerateToken, async (request) => ({ secret: await newToken(world, request, request.params.id) }));
  mount(uploadIcon, async (request) => {
    const row = await setIcon(world, request, request.params.id, request.files);
    return presentOne(world, row, request.baseUrl);
  });
  mount(getIcon, ({ params }) => serveIcon(world, params.id));
  mount(checkBotUsername, ({ params }) => checkUsername(world, params.name));
  mount(createApplication, () => {
    throw new ApiError(appErrors['app.portal_only']);
  });
}
