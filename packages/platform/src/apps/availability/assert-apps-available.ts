import { ApiError, type Uuid } from '@moothall/core';
import type { Trace } from '@moothall/http';
import type { Database } from '@moothall/store';
import type { Policy } from '../../authorize.ts';
import { findOrganizationFacts } from '../../identity/organizations/index.ts';
import type { World } from '../../world.ts';
import { availabilityErrors } from './availability.errors.ts';

/** What it turns on whether apps are to be had. */
export type AvailabilityFacts = { isGov: boolean };

/** Policy: in organisations of the gov profile there are no bots, integrations and webhooks (F50). */
export const appsAvailable: Policy<AvailabilityFacts> = {
  name: 'apps in the organisation',
  appliesTo: ['user', 'admin', 'compliance'],
  refuses: (_actor, { isGov }) => (isGov ? 'the organisation has the gov profile' : undefined),
  error: availabilityErrors['apps.not_in_gov'],
};

/**
 * What {@link appsAvailable} asks about an organisation.
 * @param db the transaction's, within one
 */
export async function availabilityIn(world: World, orgId: Uuid, db?: Database): Promise<AvailabilityFacts> {
  return { isGov: (await findOrganizationFacts(world, orgId, db))?.profile === 'gov' };
}

/**
 * Refuses in organisations where there are no apps; for those who act on no object yet.
 * @param orgIds all that take part; the same one twice is asked for once
 * @throws ApiError 403 `apps.not_in_gov`
 */
export async function assertAppsAvailable(
  world: World,
  orgIds: Uuid | readonly Uuid[],
  trace?: Trace,
): Promise<void> {
  for (const orgId of new Set(typeof orgIds === 'string' ? [orgIds] : orgIds)) {
    const { isGov } = await availabilityIn(world, orgId);
    const detail = isGov ? `organisation ${orgId} has the gov profile` : appsAvailable.name;
    trace?.steps.push({ check: 'policy', passed: !isGov, detail });
    if (isGov) throw new ApiError(appsAvailable.error);
  }
}
