import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import { type Mount, Page } from '@moothall/http';
import type { World } from '../../world.ts';
import { accessOrganizationId } from './access-organization.ts';
import {
  changeHubOrganization as changeOrganization,
  getHubOrganization,
} from './hub-organization.contract.ts';
import {
  changeHubOrganization,
  presentHubOrganization,
  showHubOrganization,
} from './hub-organization.service.ts';
import { getOrganization, listOrganizations } from './organizations.contract.ts';
import { organizationErrors } from './organizations.errors.ts';
import { findOrganization } from './organizations.store.ts';

async function showOrganization(world: World, orgId: Uuid) {
  const row = await findOrganization(world, orgId);
  if (!row) throw new ApiError(organizationErrors['organization.not_found']);
  return {
    id: encodeWireId('ORGANIZATION', row.id),
    displayName: row.display_name,
    created: row.created.toISOString(),
  };
}

/** Ties the operations of organisations to their handlers. */
export function mountOrganizations(mount: Mount, world: World): void {
  mount(
    listOrganizations,
    async (request) => new Page([await showOrganization(world, accessOrganizationId(request))]),
  );
  mount(getOrganization, (request) =>
    showOrganization(world, accessOrganizationId(request, request.params.orgId)),
  );
  mount(getHubOrganization, async (request) =>
    presentHubOrganization(world, await showHubOrganization(world, request)),
  );
  mount(changeOrganization, async (request) =>
    presentHubOrganization(world, await changeHubOrganization(world, request, request.body)),
  );
}
