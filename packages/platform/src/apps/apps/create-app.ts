import { ApiError, generalErrors, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { refusingDuplicates } from '../../conflicts.ts';
import { mayCreateEmbeddedApps } from '../../identity/organizations/index.ts';
import { findScope } from '../../identity/scopes/index.ts';
import { mintToken } from '../../identity/tokens/index.ts';
import { addPerson } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { assertAppsAvailable } from '../availability/index.ts';
import type { Caller } from './access-app.ts';
import { addApp, type NewApp } from './add-app.ts';
import { kindsWithSecret, newSecret, type ShownSecret, shownSecret } from './app-secrets.ts';
import type { NewAppForm } from './apps.contract.ts';
import { appErrors } from './apps.errors.ts';
import {
  countAppsOf,
  findApp,
  findAppByRequest,
  isAddressKnown,
  lockOwner,
  type ShownApp,
} from './apps.store.ts';
import { causeOf, kindWords, reportApp } from './audit-app.ts';
import { botScopes } from './bot-scopes.data.ts';
import { botAddress, normalUsername, usernameFault } from './bot-usernames.ts';

/** @throws ApiError `app.scope_unknown` naming the first that is none */
export function assertScopesExist(scopes: readonly string[] = []): void {
  const unknown = scopes.find((scope) => !findScope(scope));
  if (unknown !== undefined)
    throw new ApiError(appErrors['app.scope_unknown'], { parameters: { scope: unknown } });
}

async function assertAllowed(world: World, { actor, trace }: Caller, form: NewAppForm): Promise<void> {
  await assertAppsAvailable(world, actor.orgId, trace);
  if (form.type === 'embedded' && !(await mayCreateEmbeddedApps(world, actor.orgId)))
    throw new ApiError(appErrors['app.embedded_needs_organization']);
  if ('scopes' in form) assertScopesExist(form.scopes);
  const reason = form.type === 'bot' ? usernameFault(world, form.username) : undefined;
  if (reason !== undefined) throw new ApiError(appErrors['app.username_refused'], { parameters: { reason } });
}

/** Whether there is room for the app: a free name, and fewer than the most that somebody may own. */
async function assertRoom(world: World, tx: Tx, ownerId: Uuid, form: NewAppForm): Promise<void> {
  if (form.type === 'bot' && (await isAddressKnown(tx.db, botAddress(world, normalUsername(form.username)))))
    throw new ApiError(appErrors['app.username_taken']);
  if (form.type !== 'integration') return;
  const limit = world.limits.get('app.integrations_per_account');
  if ((await countAppsOf(tx.db, ownerId, 'integration')) >= limit)
    throw new ApiError(appErrors['app.integration_limit'], { parameters: { limit: String(limit) } });
}

/** What the form says of the kind's own settings. */
function settingsOf(form: NewAppForm): Partial<NewApp> {
  if (form.type === 'integration') {
    const { scopes, redirectUris, usesMobileSdk } = form;
    return { scopes, redirectUris, config: { usesMobileSdk } };
  }
  if (form.type === 'service_app') {
    const { scopes, contactEmail } = form;
    return { scopes, state: 'draft', config: { contactEmail } };
  }
  if (form.type !== 'embedded') return {};
  const { type: _type, name: _name, description: _text, iconName: _icon, requestId: _id, ...config } = form;
  return { state: 'in_development', config };
}

async function addBotAccount(
  world: World,
  tx: Tx,
  caller: Caller,
  form: NewAppForm,
): Promise<Uuid | undefined> {
  if (form.type !== 'bot') return undefined;
  const email = botAddress(world, normalUsername(form.username));
  const bot = { orgId: caller.actor.orgId, type: 'bot' as const, email, displayName: form.name };
  return addPerson(world, tx, bot, causeOf(caller));
}

async function store(world: World, tx: Tx, caller: Caller, form: NewAppForm, requestKey: string | undefined) {
  const { orgId, personId: ownerId } = caller.actor;
  const personId = await addBotAccount(world, tx, caller, form);
  const secret = kindsWithSecret.has(form.type) ? newSecret(world.random, form.type) : undefined;
  const base = { kind: form.type, name: form.name, description: form.description, orgId, ownerId };
  const { id, clientId } = await addApp(
    world,
    tx,
    {
      ...base,
      ...settingsOf(form),
      ...(personId && { personId }),
      iconName: form.iconName,
      requestKey,
      secret,
    },
    causeOf(caller),
  );
  const row = { id, kind: form.type, name: form.name, org_id: orgId, client_id: clientId };
  reportApp(tx, caller, row, {
    category: 'APP_CREATED',
    what: `created the ${kindWords[form.type]} ${form.name}`,
  });
  if (!personId) return { id, secret: secret === undefined ? undefined : shownSecret(form.type, secret) };
  const { token } = await mintToken(world, tx, { personId, orgId, appId: clientId, scopes: botScopes });
  return { id, secret: { kind: 'bot_token' as const, value: token } };
}

/** The app that a request with this key made before; so a form that was sent twice makes one app. */
async function madeBefore(tx: Tx, ownerId: Uuid, form: NewAppForm, requestKey: string | undefined) {
  const row = requestKey === undefined ? undefined : await findAppByRequest(tx.db, ownerId, requestKey);
  if (row && (row.kind !== form.type || row.name !== form.name))
    throw new ApiError(appErrors['app.request_reused']);
  return row && { id: row.id as Uuid, secret: undefined };
}

/**
 * Creates an app of the caller, a bot with its account and token.
 * @param requestKey of two requests with the same one the second gets the first's app, without the secret
 * @returns the app, and its secret or token: the only time it is known
 * @throws ApiError 400, 403 and 409 as the errors of apps say
 */
export async function createApp(
  world: World,
  caller: Caller,
  form: NewAppForm,
  requestKey: string | undefined,
): Promise<{ app: ShownApp; secret: ShownSecret | undefined }> {
  await assertAllowed(world, caller, form);
  const ownerId = caller.actor.personId;
  return refusingDuplicates('person_email', appErrors['app.username_taken'], () =>
    world.store.tx(async (tx) => {
      if (!(await lockOwner(tx.db, ownerId))) throw new ApiError(generalErrors['session.required']);
      const before = await madeBefore(tx, ownerId, form, requestKey);
      if (!before) await assertRoom(world, tx, ownerId, form);
      const made = before ?? (await store(world, tx, caller, form, requestKey));
      return { app: (await findApp(tx.db, made.id))!, secret: made.secret };
    }),
  );
}
