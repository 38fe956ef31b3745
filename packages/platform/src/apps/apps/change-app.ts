import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { renamePerson } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { accessLockedApp, type Caller, changeAppAction } from './access-app.ts';
import type { AppChange } from './apps.contract.ts';
import { appErrors } from './apps.errors.ts';
import { type AppRow, findApp, type ShownApp, updateApp } from './apps.store.ts';
import type { AppKind } from './apps.table.ts';
import { causeOf, kindWords, reportApp } from './audit-app.ts';
import { assertScopesExist } from './create-app.ts';

const EVERY_KIND = ['version', 'name', 'description', 'iconName'] as const;

/** What can be changed of each kind beside what every kind has. A bot's name in its address is no field. */
const CHANGEABLE: Readonly<Record<AppKind, readonly (keyof AppChange)[]>> = {
  bot: [],
  integration: ['redirectUris', 'scopes', 'usesMobileSdk'],
  guest_issuer: [],
  service_app: ['scopes', 'contactEmail'],
  embedded: [
    'contexts',
    'summary',
    'tagline',
    'validDomains',
    'startUrl',
    'meetingStartUrl',
    'spaceStartUrl',
    'sidebarStartUrl',
    'layout',
    'sidebarAlwaysOn',
  ],
};

/** Fields that have columns of their own; the others are settings of the kind. */
const COLUMNS: ReadonlySet<string> = new Set([...EVERY_KIND, 'redirectUris', 'scopes']);

function assertOfKind(kind: AppKind, change: AppChange): void {
  const known: ReadonlySet<string> = new Set([...EVERY_KIND, ...CHANGEABLE[kind]]);
  const field = Object.keys(change).find((name) => !known.has(name));
  if (field === undefined) return;
  throw new ApiError(appErrors['app.field_not_of_kind'], { parameters: { field, type: kind } });
}

/** @throws ApiError `app.changed_meanwhile` unless the app is as it was when the page read it */
function assertVersion(app: AppRow, version: string): void {
  if (String(app.version) !== version) throw new ApiError(appErrors['app.changed_meanwhile']);
}

function columnsOf(world: World, app: AppRow, change: AppChange) {
  const settings = Object.entries(change).filter(([name]) => !COLUMNS.has(name));
  return {
    last_modified: world.clock.now(),
    config: JSON.stringify({ ...app.config, ...Object.fromEntries(settings) }),
    ...(change.name !== undefined && { name: change.name }),
    ...(change.description !== undefined && { description: change.description }),
    ...(change.iconName !== undefined && { icon_name: change.iconName, icon_hash: null, icon_type: null }),
    ...(change.scopes && { scopes: change.scopes }),
    ...(change.redirectUris && { redirect_uris: change.redirectUris }),
  };
}

async function followName(
  world: World,
  tx: Tx,
  caller: Caller,
  app: AppRow,
  change: AppChange,
): Promise<void> {
  if (app.person_id === null || change.name === undefined || change.name === app.name) return;
  await renamePerson(world, tx, app.person_id, change.name, causeOf(caller));
}

/**
 * Changes an app of the caller. A scope that is added widens no token that exists (F58, F59).
 * @throws ApiError `app.not_found`, `app.changed_meanwhile`, `app.field_not_of_kind`, `app.scope_unknown`
 */
export async function changeApp(
  world: World,
  caller: Caller,
  id: Uuid,
  change: AppChange,
): Promise<ShownApp> {
  assertScopesExist(change.scopes);
  return world.store.tx(async (tx) => {
    const app = await accessLockedApp(tx.db, caller, id, changeAppAction);
    assertOfKind(app.kind, change);
    assertVersion(app, change.version);
    const row = await updateApp(tx.db, id, columnsOf(world, app, change));
    await followName(world, tx, caller, app, change);
    const changed = Object.keys(change).filter((name) => name !== 'version');
    reportApp(tx, caller, row, {
      event: 'updated',
      category: 'APP_UPDATED',
      what: `changed the ${kindWords[app.kind]} ${app.name}: ${changed.join(', ') || 'nothing'}`,
    });
    return (await findApp(tx.db, id))!;
  });
}
