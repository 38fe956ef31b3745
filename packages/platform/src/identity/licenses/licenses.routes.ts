import { type Mount, Page } from '@moothall/http';
import type { z } from 'zod';
import type { World } from '../../world.ts';
import { accessOrganizationId } from '../organizations/index.ts';
import { licenseWireId } from './license-ids.ts';
import { getLicense, type license, listLicenses } from './licenses.contract.ts';
import { accessLicense } from './licenses.service.ts';
import { type LicenseRow, listLicensesOf } from './licenses.store.ts';

function presentLicense(row: LicenseRow): z.input<typeof license> {
  return {
    id: licenseWireId(row),
    name: row.name,
    totalUnits: row.total_units,
    consumedUnits: row.consumed_units,
    consumedByUsers: row.consumed_units,
    ...(row.site_url !== null && { siteUrl: row.site_url }),
    ...(row.site_type !== null && { siteType: row.site_type }),
  };
}

/** Ties the operations of licences to their handlers. */
export function mountLicenses(mount: Mount, world: World): void {
  mount(listLicenses, async (request) => {
    const orgId = accessOrganizationId(request, request.query.orgId);
    return new Page((await listLicensesOf(world.store.db, orgId)).map(presentLicense));
  });
  mount(getLicense, async (request) =>
    presentLicense(await accessLicense(world, request, request.params.licenseId)),
  );
}
