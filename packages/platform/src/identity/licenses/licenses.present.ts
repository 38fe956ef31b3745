import type { Database } from '@moothall/store';
import type { z } from 'zod';
import { licenseWireId } from './license-ids.ts';
import type { license } from './licenses.contract.ts';
import { type LicenseRow, listLicensesOf } from './licenses.store.ts';

/** A licence in wire form. */
export function presentLicense(row: LicenseRow): z.input<typeof license> {
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

/** Licences of an organisation in wire form, by name, with how many people hold each. */
export async function listLicensesInUse(db: Database, orgId: string): Promise<z.input<typeof license>[]> {
  return (await listLicensesOf(db, orgId)).map(presentLicense);
}
