import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import {
  type AppRow,
  accessApp,
  accessLockedApp,
  type Caller,
  changeAppAction,
  lockApp,
  setAppState,
} from '../../apps/apps/index.ts';
import { appsAvailable, assertAppsAvailable, availabilityIn } from '../../apps/availability/index.ts';
import { type Action, authorize } from '../../authorize.ts';
import { recordAudit } from '../../operations/audit/index.ts';
import type { World } from '../../world.ts';
import { revokeGrants } from '../grants/index.ts';
import { findOrganization, organizationErrors } from '../organizations/index.ts';
import { revokeTokens } from '../tokens/index.ts';
import { addMachineAccount } from './machine-account.ts';
import { serviceAppErrors } from './service-apps.errors.ts';
import {
  findAuthorization,
  listAuthorizations,
  putAuthorization,
  type ShownAuthorization,
  statesOf,
} from './service-apps.store.ts';

type Decision = { app: AppRow; asked: boolean; version: string; isGov: boolean };

const decide: Action<Decision> = {
  name: 'serviceApps.authorize',
  relations: {
    admin: (_actor, { asked }) => (asked ? undefined : "it did not ask for the administrator's organisation"),
  },
  unrelated: serviceAppErrors['service_app.not_found'],
  policies: [
    appsAvailable,
    {
      name: 'as the administrator read it',
      appliesTo: ['admin'],
      refuses: (_actor, { app, version }) =>
        String(app.version) === version ? undefined : 'the app has another version',
      error: serviceAppErrors['service_app.changed_meanwhile'],
    },
    {
      name: 'officer for compliance scopes',
      appliesTo: ['admin'],
      refuses: (actor, { app }) =>
        app.scopes.some((scope) => scope.startsWith('spark-compliance:')) &&
        !actor.roles.has('compliance_officer')
          ? 'compliance scopes are given by a compliance officer'
          : undefined,
      error: serviceAppErrors['service_app.officer_needed'],
    },
  ],
};

function causeOf({ actor, trace }: Caller) {
  return { actorId: actor.personId, traceId: trace.trackingId };
}

/** Tells the log what an organisation and an app are to each other now, and the app's owner by its state. */
async function settle(tx: Tx, caller: Caller, app: AppRow, orgId: Uuid, state: string): Promise<void> {
  const states = await statesOf(tx.db, app.id);
  const ofApp = states.has('authorized')
    ? 'authorized'
    : states.has('requested')
      ? 'authorization_requested'
      : 'revoked';
  // The version counts what an administrator agrees to, which the state is no part of.
  if (ofApp !== app.state) await setAppState(tx.db, app.id, ofApp);
  const data = { appId: app.id, clientId: app.client_id, orgId, state };
  const subject = { orgId, resource: 'serviceAppAuthorizations', event: 'updated', dataId: app.id, data };
  tx.emit({ ...causeOf(caller), ...subject });
}

function audit(tx: Tx, caller: Caller, app: AppRow, orgId: Uuid, what: string): void {
  recordAudit(tx, caller, {
    orgId,
    category: 'SERVICE_APP_AUTHORIZED',
    target: { type: 'service_app', id: app.id, name: app.name },
    actionText: `${caller.actor.displayName} ${what}`,
  });
}

/** @throws ApiError `service_app.not_found` */
async function lockServiceApp(tx: Tx, id: Uuid): Promise<AppRow> {
  const app = await lockApp(tx.db, id);
  if (app?.kind !== 'service_app') throw new ApiError(serviceAppErrors['service_app.not_found']);
  return app;
}

async function shown(tx: Tx, appId: string, orgId: Uuid): Promise<ShownAuthorization> {
  return (await listAuthorizations(tx.db, { appId, orgId }))[0]!;
}

/**
 * Authorises a service app for the caller's organisation; its account there is made at the first time.
 * @param version of the app as the administrator read it
 * @throws ApiError `service_app.not_found` when it did not ask for it, `service_app.changed_meanwhile`,
 *   `service_app.officer_needed`, `apps.not_in_gov`
 */
export async function authorizeApp(
  world: World,
  caller: Caller,
  id: Uuid,
  version: string,
): Promise<ShownAuthorization> {
  const { orgId, personId: decidedBy } = caller.actor;
  const availability = await availabilityIn(world, orgId);
  return world.store.tx(async (tx) => {
    const app = await lockServiceApp(tx, id);
    const before = await findAuthorization(tx.db, id, orgId);
    authorize(caller, decide, { app, asked: before !== undefined, version, ...availability });
    const account = before?.person_id ?? (await addMachineAccount(world, tx, app, orgId, causeOf(caller)));
    await putAuthorization(
      tx.db,
      { app_id: id, org_id: orgId, state: 'authorized' },
      { person_id: account, scopes: app.scopes, decided_by: decidedBy, decided_at: world.clock.now() },
    );
    await settle(tx, caller, app, orgId, 'authorized');
    audit(tx, caller, app, orgId, `authorised the service app ${app.name} for ${app.scopes.join(', ')}`);
    return shown(tx, id, orgId);
  });
}

/**
 * Ends the authorisation of a service app in the caller's organisation: its tokens are refused from now on.
 * @throws ApiError `service_app.not_found` when it has none there
 */
export function revokeApp(world: World, caller: Caller, id: Uuid): Promise<void> {
  const { orgId, personId: decidedBy } = caller.actor;
  return world.store.tx(async (tx) => {
    const app = await lockServiceApp(tx, id);
    const before = await findAuthorization(tx.db, id, orgId);
    if (!before || before.state === 'revoked') throw new ApiError(serviceAppErrors['service_app.not_found']);
    const cause = { ...causeOf(caller), orgId };
    await revokeGrants(world, tx, { clientId: app.client_id, orgId }, cause);
    if (before.person_id !== null)
      await revokeTokens(world, tx, { appId: app.client_id, personId: before.person_id }, cause);
    await putAuthorization(
      tx.db,
      { app_id: id, org_id: orgId, state: 'revoked' },
      { decided_by: decidedBy, decided_at: world.clock.now() },
    );
    await settle(tx, caller, app, orgId, 'revoked');
    audit(tx, caller, app, orgId, `ended the authorisation of the service app ${app.name}`);
  });
}

/** @throws ApiError `service_app.not_a_service_app` */
function assertServiceApp(app: AppRow): void {
  if (app.kind === 'service_app') return;
  const parameters = { type: app.kind };
  throw new ApiError(serviceAppErrors['service_app.not_a_service_app'], { parameters });
}

/**
 * Asks the administrators of an organisation to authorise a service app. An authorisation that stands keeps
 * standing, with the scopes that it has.
 * @param orgId the owner's organisation unless it is another
 * @throws ApiError `app.not_found`, `service_app.not_a_service_app`, `organization.not_found`, `apps.not_in_gov`
 */
export async function requestApp(
  world: World,
  caller: Caller,
  id: Uuid,
  orgId: Uuid = caller.actor.orgId,
): Promise<'requested' | 'authorized'> {
  const { personId } = caller.actor;
  if (!(await findOrganization(world, orgId)))
    throw new ApiError(organizationErrors['organization.not_found']);
  await assertAppsAvailable(world, caller.actor.orgId, caller.trace);
  return world.store.tx(async (tx) => {
    const app = await accessLockedApp(tx.db, caller, id, changeAppAction);
    assertServiceApp(app);
    const before = await findAuthorization(tx.db, id, orgId);
    const state = before?.state === 'authorized' ? 'authorized' : 'requested';
    const request = { requested_by: personId, requested_at: world.clock.now() };
    await putAuthorization(tx.db, { app_id: id, org_id: orgId, state }, request);
    await settle(tx, caller, app, orgId, state);
    return state;
  });
}

/** A service app of the caller. @throws ApiError `app.not_found`, `service_app.not_a_service_app` */
export async function accessOwnApp(world: World, caller: Caller, id: Uuid): Promise<AppRow> {
  const app = await accessApp(world.store.db, caller, id, changeAppAction);
  assertServiceApp(app);
  return app;
}
