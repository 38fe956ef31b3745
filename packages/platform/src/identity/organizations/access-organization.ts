import type { Actor } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import { type Action, authorize, type Decider, type Refusal } from '../../authorize.ts';
import { organizationErrors } from './organizations.errors.ts';

const ofOwnOrganization = (actor: Actor, { orgId }: { orgId: Uuid }): Refusal =>
  orgId === actor.orgId ? undefined : "it is not the caller's organisation";

const lookInto: Action<{ orgId: Uuid }> = {
  name: 'organizations.lookInto',
  relations: { admin: ofOwnOrganization, user: ofOwnOrganization },
  unrelated: organizationErrors['organization.not_found'],
};

/**
 * The organisation that a request asks about: the caller's own, which is also the one meant when none is named.
 * @throws ApiError `organization.not_found` for any other
 */
export function accessOrganizationId(decider: Decider, orgId: Uuid = decider.actor.orgId): Uuid {
  authorize(decider, lookInto, { orgId });
  return orgId;
}
