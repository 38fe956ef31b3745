import type { Actor } from '@moothall/contract';
import { ApiError, generalErrors, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { type Action, admit, authorize, type Decider } from '../../authorize.ts';
import { refusingDuplicates } from '../../conflicts.ts';
import { firstPartyApps } from '../../identity/tokens/index.ts';
import type { WebhookListener, WebhookSource } from '../../resource.ts';
import type { World } from '../../world.ts';
import { appsAvailable, availabilityIn } from '../availability/index.ts';
import { endDeliveries } from './deliveries.store.ts';
import { ALL, parseFilter, sourcesFor } from './webhook-sources.ts';
import { forgetWebhook } from './webhook-state.ts';
import { webhookErrors } from './webhooks.errors.ts';
import {
  changeWebhook,
  countWebhooksAlone,
  findWebhook,
  insertWebhook,
  listWebhooksBy,
  type NewWebhookRow,
  removeWebhooks,
  type WebhookChange,
  type WebhookFilterBy,
  type WebhookRow,
} from './webhooks.store.ts';

/** What a new webhook is made of. */
export type NewWebhook = {
  name: string;
  targetUrl: string;
  resource: string;
  event: string;
  filter?: string | undefined;
  secret?: string | undefined;
  ownedBy?: 'creator' | 'org' | undefined;
};

const create: Action<{ isGov: boolean }> = {
  name: 'webhooks.create',
  relations: { user: () => undefined },
  unrelated: generalErrors['auth.forbidden'],
  policies: [appsAvailable],
};

const isCreator = (actor: Actor, row: WebhookRow) =>
  row.created_by === actor.personId ? undefined : 'the caller did not make the webhook';

const isOfficers = (actor: Actor, row: WebhookRow) =>
  row.owned_by === 'org' && row.org_id === actor.orgId
    ? undefined
    : "it is no org-wide webhook of the officer's organisation";

const read: Action<WebhookRow> = {
  name: 'webhooks.read',
  relations: { user: isCreator, compliance: isOfficers },
  unrelated: webhookErrors['webhook.not_found'],
};

const change: Action<WebhookRow> = { ...read, name: 'webhooks.update', relations: { user: isCreator } };

const remove: Action<WebhookRow> = { ...read, name: 'webhooks.delete' };

/** A webhook that the caller may do `action` with. @throws ApiError `webhook.not_found` */
async function accessWebhook(
  world: World,
  decider: Decider,
  id: Uuid,
  action: Action<WebhookRow>,
): Promise<WebhookRow> {
  const row = await findWebhook(world.store.db, id);
  if (!row) throw new ApiError(webhookErrors['webhook.not_found']);
  authorize(decider, action, row);
  return row;
}

function checkTarget(world: World, targetUrl: string): void {
  const check = world.outbound.check(targetUrl);
  if (!check.ok)
    throw new ApiError(webhookErrors['webhook.target_refused'], { parameters: { reason: check.reason } });
}

/** Who listens must be able to read what is told: the scope of each source, for an org-wide webhook with a role. */
function admitListener(
  { actor, trace }: Decider,
  sources: readonly WebhookSource[],
  request: NewWebhook,
): void {
  for (const source of sources) {
    if (request.ownedBy !== 'org') {
      admit(actor, { grants: [{ as: 'user', scopes: source.readScopes }] }, trace);
      continue;
    }
    if (!source.orgReadScopes) {
      const parameters = { resource: source.resource };
      throw new ApiError(webhookErrors['webhook.not_org_wide'], { parameters });
    }
    const roles = ['full_admin', 'compliance_officer'] as const;
    admit(actor, { grants: [{ as: 'admin', scopes: source.orgReadScopes, roles }] }, trace);
  }
}

async function filtersOf(
  world: World,
  { actor }: Decider,
  sources: readonly WebhookSource[],
  { filter, resource, ownedBy }: NewWebhook,
): Promise<NewWebhookRow['filters']> {
  if (!filter) return [];
  const { personId, orgId, type } = actor;
  const listener: WebhookListener = { personId, orgId, type, orgWide: ownedBy === 'org' };
  return parseFilter(world, filter, resource === ALL ? undefined : sources[0], listener);
}

function rowOf(
  world: World,
  { actor }: Decider,
  request: NewWebhook,
  filters: NewWebhookRow['filters'],
): NewWebhookRow {
  return {
    id: world.ids.uuid(),
    org_id: actor.orgId,
    created_by: actor.personId,
    creator_type: actor.type,
    app_id: actor.appId ?? firstPartyApps.portal.clientId,
    owned_by: request.ownedBy ?? 'creator',
    name: request.name,
    target_url: request.targetUrl,
    resource: request.resource,
    event: request.event,
    filter: request.filter || null,
    filters,
    secret: request.secret ? world.secrets.seal(request.secret) : null,
    status: 'active',
    created: world.clock.now(),
  };
}

function emitWebhook(
  tx: Tx,
  decider: Decider,
  event: 'created' | 'updated' | 'deleted',
  row: WebhookRow,
): void {
  const { actor, trace } = decider;
  tx.emit({
    actorId: actor.personId,
    appId: actor.appId,
    traceId: trace.trackingId,
    orgId: row.org_id,
    resource: 'webhooks',
    event,
    dataId: row.id,
    data: {
      id: row.id,
      createdBy: row.created_by,
      resource: row.resource,
      event: row.event,
      ownedBy: row.owned_by,
      status: row.status,
    },
  });
}

async function limitAccount(world: World, tx: Tx, personId: Uuid): Promise<void> {
  const limit = world.limits.get('webhook.per_account');
  const count = await countWebhooksAlone(tx.db, personId);
  if (count === undefined) throw new ApiError(generalErrors['auth.token_required']);
  if (count < limit) return;
  throw new ApiError(webhookErrors['webhook.limit_reached'], { parameters: { limit: String(limit) } });
}

/**
 * Creates a webhook of the caller.
 * @throws ApiError 403 without the read scope of the resource (for `all` of each in the firehose); 400 for
 *   what does not exist, is not built, a refused target and a bad filter; 409 for a second org-wide one
 */
export async function makeWebhook(world: World, decider: Decider, request: NewWebhook): Promise<WebhookRow> {
  const { actor } = decider;
  const sources = sourcesFor(world, request.resource, request.event);
  admitListener(decider, sources, request);
  authorize(decider, create, await availabilityIn(world, actor.orgId));
  checkTarget(world, request.targetUrl);
  const row = rowOf(world, decider, request, await filtersOf(world, decider, sources, request));
  await refusingDuplicates('webhook_org', webhookErrors['webhook.org_duplicate'], () =>
    world.store.tx(async (tx) => {
      await limitAccount(world, tx, actor.personId);
      await insertWebhook(tx.db, row);
      emitWebhook(tx, decider, 'created', row);
      tx.onCommit(() => forgetWebhook(world, row.id));
    }),
  );
  return row;
}

/** Webhooks that the caller made; with `ownedBy=org` an officer gets all org-wide ones of the organisation. */
export function listWebhooks(
  world: World,
  { actor, capacities }: Decider,
  ownedBy: 'org' | 'creator' | undefined,
  page: { max: number; afterId?: string | undefined },
): Promise<WebhookRow[]> {
  const asOfficer = ownedBy === 'org' && capacities.includes('compliance');
  const by: WebhookFilterBy = asOfficer ? { orgWideOf: actor.orgId } : { createdBy: actor.personId, ownedBy };
  return listWebhooksBy(world.store.db, by, page);
}

/** A webhook as the caller may see it. @throws ApiError `webhook.not_found` */
export function showWebhook(world: World, decider: Decider, id: Uuid): Promise<WebhookRow> {
  return accessWebhook(world, decider, id, read);
}

/** What may be changed of a webhook; `status: 'active'` revives an inactive one on probation. */
export type WebhookUpdate = {
  name: string;
  targetUrl: string;
  secret?: string | undefined;
  status?: 'active' | undefined;
};

function changeOf(world: World, row: WebhookRow, update: WebhookUpdate): WebhookChange {
  const probationMs = world.limits.get('webhook.probation') * 1000;
  return {
    name: update.name,
    target_url: update.targetUrl,
    ...(update.secret !== undefined && {
      secret: update.secret === '' ? null : world.secrets.seal(update.secret),
    }),
    ...(update.status === 'active' &&
      row.status === 'inactive' && {
        status: 'active' as const,
        failed_at: [],
        probation_until: new Date(world.clock.nowMs() + probationMs),
      }),
  };
}

/** Changes a webhook. Deliveries that were asked for before are not altered. @throws ApiError 400, 404 */
export async function updateWebhook(
  world: World,
  decider: Decider,
  id: Uuid,
  update: WebhookUpdate,
): Promise<WebhookRow> {
  const row = await accessWebhook(world, decider, id, change);
  checkTarget(world, update.targetUrl);
  return world.store.tx(async (tx) => {
    const changed = await changeWebhook(tx.db, id, changeOf(world, row, update));
    if (!changed) throw new ApiError(webhookErrors['webhook.not_found']);
    emitWebhook(tx, decider, 'updated', changed);
    tx.onCommit(() => forgetWebhook(world, id));
    return changed;
  });
}

/** Deletes a webhook and ends its pending deliveries. @throws ApiError `webhook.not_found` */
export async function deleteWebhook(world: World, decider: Decider, id: Uuid): Promise<void> {
  await accessWebhook(world, decider, id, remove);
  await world.store.tx(async (tx) => {
    const [row] = await removeWebhooks(tx.db, { id });
    if (!row) throw new ApiError(webhookErrors['webhook.not_found']);
    await endDeliveries(world, tx, [id], 'webhook deleted');
    emitWebhook(tx, decider, 'deleted', row);
    tx.onCommit(() => forgetWebhook(world, id));
  });
}
