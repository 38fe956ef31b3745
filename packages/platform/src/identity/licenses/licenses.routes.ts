import { encodeWireId } from '@moothall/core';
import { type Mount, Page } from '@moothall/http';
import type { World } from '../../world.ts';
import { accessOrganizationId } from '../organizations/index.ts';
import { getLicense, listHubLicenses, listLicenses } from './licenses.contract.ts';
import { listLicensesInUse, presentLicense } from './licenses.present.ts';
import { accessLicense } from './licenses.service.ts';
import { type LicenseHolder, type LicenseRow, listHolders } from './licenses.store.ts';

/** The users in a page of its own form: under another key than other lists, and led on by `next`. */
function usersPage(row: LicenseRow, holders: readonly LicenseHolder[], max: number) {
  const users = holders.slice(0, max).map(({ id, display_name, email }) => ({
    id: encodeWireId('PEOPLE', id),
    type: 'INTERNAL' as const,
    displayName: display_name,
    email,
  }));
  const last = holders.length > max ? users.at(-1) : undefined;
  return new Page(users, last && { next: last.id }, presentLicense(row), 'users');
}

/** Ties the operations of licences to their handlers. */
export function mountLicenses(mount: Mount, world: World): void {
  mount(listLicenses, async (request) => {
    const orgId = accessOrganizationId(request, request.query.orgId);
    return new Page(await listLicensesInUse(world.store.db, orgId));
  });
  mount(
    listHubLicenses,
    async (request) => new Page(await listLicensesInUse(world.store.db, accessOrganizationId(request))),
  );
  mount(getLicense, async (request) => {
    const { includeAssignedTo, limit, next } = request.query;
    const row = await accessLicense(world, request, request.params.licenseId);
    if (includeAssignedTo === undefined) return presentLicense(row);
    const holders = await listHolders(world.store.db, row, { max: limit, afterId: next });
    return usersPage(row, holders, limit);
  });
}
