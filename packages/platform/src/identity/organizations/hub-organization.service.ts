import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { z } from 'zod';
import type { Decider } from '../../authorize.ts';
import { recordAudit } from '../../operations/audit/index.ts';
import type { World } from '../../world.ts';
import { accessOrganizationId } from './access-organization.ts';
import type { hubOrganization } from './hub-organization.contract.ts';
import { forgetOrganization } from './organization-facts.ts';
import { organizationErrors } from './organizations.errors.ts';
import {
  findOrganization,
  lockOrganization,
  type OrganizationChange,
  updateOrganizationRow,
} from './organizations.store.ts';
import type { OrgRow } from './organizations.table.ts';

function versionOf(row: OrgRow): Date {
  return row.last_modified ?? row.created;
}

/** An organisation with its settings, for the pages of the hub. */
export function presentHubOrganization(world: World, row: OrgRow): z.input<typeof hubOrganization> {
  return {
    id: encodeWireId('ORGANIZATION', row.id),
    displayName: row.display_name,
    created: row.created.toISOString(),
    profile: row.profile,
    isSandbox: row.kind === 'sandbox',
    domains: row.domains,
    ...(row.site_url !== null && { siteUrl: row.site_url }),
    sharesPresence: row.settings.sharesPresence ?? true,
    supportContact: world.config.supportContact,
    version: versionOf(row).toISOString(),
  };
}

/** The administrator's organisation. @throws ApiError `organization.not_found` */
export async function showHubOrganization(world: World, decider: Decider): Promise<OrgRow> {
  const row = await findOrganization(world, accessOrganizationId(decider));
  if (!row) throw new ApiError(organizationErrors['organization.not_found']);
  return row;
}

/**
 * Changes a locked organisation, emits `organizations:updated` and audits it. Its version is another one after
 * each change, even while the clock stands.
 * @param what that was done, in the past tense after the administrator's name
 */
export async function applyOrganizationChange(
  world: World,
  tx: Tx,
  decider: Decider,
  before: OrgRow,
  change: OrganizationChange,
  what: string,
): Promise<OrgRow> {
  const { actor, trace } = decider;
  const lastModified = new Date(Math.max(world.clock.nowMs(), versionOf(before).getTime() + 1));
  const row = await updateOrganizationRow(tx.db, before.id, change, lastModified);
  const orgId = row.id as Uuid;
  const target = { type: 'organization', id: orgId, name: row.display_name };
  recordAudit(tx, decider, {
    orgId,
    category: 'ORGANIZATION_UPDATED',
    target,
    actionText: `${actor.displayName} ${what}`,
  });
  const data = { id: orgId, displayName: row.display_name };
  const cause = { actorId: actor.personId, traceId: trace.trackingId };
  tx.emit({ ...cause, orgId, resource: 'organizations', event: 'updated', dataId: orgId, data });
  tx.onCommit(() => forgetOrganization(world, orgId));
  return row;
}

/** The administrator's organisation, locked. @throws ApiError `organization.not_found` */
export async function lockOwnOrganization(tx: Tx, decider: Decider): Promise<OrgRow> {
  const row = await lockOrganization(tx.db, accessOrganizationId(decider));
  if (!row) throw new ApiError(organizationErrors['organization.not_found']);
  return row;
}

/** @throws ApiError `organization.changed_meanwhile` when the administrator saw another state of it */
export function changeHubOrganization(
  world: World,
  decider: Decider,
  request: { version: string; displayName?: string | undefined; sharesPresence?: boolean | undefined },
): Promise<OrgRow> {
  return world.store.tx(async (tx) => {
    const before = await lockOwnOrganization(tx, decider);
    if (request.version !== versionOf(before).toISOString())
      throw new ApiError(organizationErrors['organization.changed_meanwhile']);
    const { displayName, sharesPresence } = request;
    const settings = { ...before.settings, ...(sharesPresence !== undefined && { sharesPresence }) };
    const change = { displayName, settings };
    return applyOrganizationChange(
      world,
      tx,
      decider,
      before,
      change,
      'changed settings of the organization',
    );
  });
}
