import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import type { RequestContext } from '@moothall/http';
import type { Tx } from '@moothall/store';
import { recordAudit } from '../../operations/audit/index.ts';
import type { World } from '../../world.ts';
import { type AppRow, findAppByClientId } from '../apps/index.ts';
import { integrationAccessOf } from './integration-access.ts';
import { integrationPolicyErrors } from './integration-policies.errors.ts';
import {
  endRequests,
  findPeopleOf,
  keepRequest,
  storeDefault,
  storePolicy,
} from './integration-policies.store.ts';
import type { IntegrationDefaultTable, IntegrationPolicyTable } from './integration-policies.table.ts';

/** An integration of any organisation. @throws ApiError `integration_policy.unknown` */
export async function knownIntegration(world: World, clientId: string): Promise<AppRow> {
  const app = await findAppByClientId(world.store.db, clientId);
  if (app?.kind === 'integration') return app;
  throw new ApiError(integrationPolicyErrors['integration_policy.unknown']);
}

function report(
  tx: Tx,
  request: RequestContext,
  target: { id: string; name: string },
  what: string,
  data: Record<string, unknown>,
): void {
  const { actor, trace } = request;
  const cause = { actorId: actor.personId, traceId: trace.trackingId, orgId: actor.orgId };
  tx.emit({ ...cause, resource: 'integrationPolicies', event: 'updated', dataId: target.id, data });
  recordAudit(tx, request, {
    orgId: actor.orgId,
    category: 'INTEGRATION_POLICY_CHANGED',
    target: { type: 'integration', ...target },
    actionText: `${actor.displayName} ${what}`,
  });
}

/** Changes what holds for integrations that nothing was said of. @throws ApiError `integration_policy.changed_meanwhile` */
export function changeDefault(
  world: World,
  request: RequestContext,
  { access, version }: { access: 'allow' | 'block'; version: string },
): Promise<IntegrationDefaultTable> {
  return world.store.tx(async (tx) => {
    const row = { org_id: request.actor.orgId, access, version: Number(version) + 1 };
    if (!(await storeDefault(tx.db, row)))
      throw new ApiError(integrationPolicyErrors['integration_policy.changed_meanwhile']);
    const target = { id: row.org_id, name: 'All integrations' };
    report(tx, request, target, `${access === 'allow' ? 'allowed' : 'blocked'} integrations by default`, {
      access,
    });
    return row;
  });
}

/** What an administrator says of an integration. */
export type PolicyChange = {
  mode: IntegrationPolicyTable['mode'];
  personIds: readonly Uuid[];
  version: string;
};

async function assertPeople(tx: Tx, orgId: Uuid, personIds: readonly Uuid[]): Promise<void> {
  const people = await findPeopleOf(tx.db, orgId, personIds);
  const stranger = personIds.find((id) => !people.has(id));
  if (stranger === undefined) return;
  const parameters = { id: encodeWireId('PEOPLE', stranger) };
  throw new ApiError(integrationPolicyErrors['integration_policy.people_refused'], { parameters });
}

/** Wishes that a policy fulfils or decides end with it. */
async function settleRequests(tx: Tx, orgId: Uuid, clientId: string, change: PolicyChange): Promise<void> {
  if (change.mode === 'allowed') await endRequests(tx.db, { orgId, clientId });
  if (change.mode === 'selected') await endRequests(tx.db, { orgId, clientId, personIds: change.personIds });
}

/**
 * Changes who of the organisation may use an integration.
 * @throws ApiError `integration_policy.unknown`, `integration_policy.changed_meanwhile`, `integration_policy.people_refused`
 */
export async function changePolicy(
  world: World,
  request: RequestContext,
  clientId: string,
  change: PolicyChange,
): Promise<IntegrationPolicyTable> {
  const { orgId } = request.actor;
  const app = await knownIntegration(world, clientId);
  const personIds = change.mode === 'selected' ? [...new Set(change.personIds)] : [];
  return world.store.tx(async (tx) => {
    await assertPeople(tx, orgId, personIds);
    const key = { org_id: orgId, client_id: clientId };
    const row = { ...key, mode: change.mode, person_ids: personIds, version: Number(change.version) + 1 };
    if (!(await storePolicy(tx.db, row)))
      throw new ApiError(integrationPolicyErrors['integration_policy.changed_meanwhile']);
    await settleRequests(tx, orgId, clientId, change);
    const who = change.mode === 'selected' ? `selected, for ${personIds.length} people` : change.mode;
    const target = { id: app.id, name: app.name };
    report(tx, request, target, `set the integration ${app.name} to ${who}`, { clientId, mode: change.mode });
    return row;
  });
}

/** Keeps the caller's wish to use a blocked integration. @throws ApiError `integration_request.not_blocked` */
export async function requestIntegration(
  world: World,
  request: RequestContext,
  clientId: string,
): Promise<void> {
  const { orgId, personId } = request.actor;
  await knownIntegration(world, clientId);
  const access = await integrationAccessOf(world, world.store.db, { orgId, personId, clientId });
  if (access.allowed || access.reason !== 'blocked')
    throw new ApiError(integrationPolicyErrors['integration_request.not_blocked']);
  const row = { id: world.ids.uuid(), org_id: orgId, client_id: clientId, person_id: personId };
  await world.store.tx(async (tx) => {
    if (!(await keepRequest(tx.db, { ...row, created: world.clock.now() }))) return;
    const cause = { actorId: personId, traceId: request.trace.trackingId, orgId };
    const data = { clientId, personId };
    tx.emit({ ...cause, resource: 'integrationRequests', event: 'created', dataId: row.id, data });
  });
}

/** Ends a wish without fulfilling it. @throws ApiError `integration_request.not_found` */
export async function declineRequest(world: World, request: RequestContext, id: Uuid): Promise<void> {
  const { orgId, personId: actorId } = request.actor;
  await world.store.tx(async (tx) => {
    const [row] = await endRequests(tx.db, { orgId, id });
    if (!row) throw new ApiError(integrationPolicyErrors['integration_request.not_found']);
    const data = { clientId: row.client_id, personId: row.person_id };
    const cause = { actorId, traceId: request.trace.trackingId, orgId };
    tx.emit({ ...cause, resource: 'integrationRequests', event: 'deleted', dataId: id, data });
  });
}
