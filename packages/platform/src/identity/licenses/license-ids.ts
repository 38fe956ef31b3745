import { encodeWireId, type Uuid } from '@moothall/core';
import type { Database } from '@moothall/store';
import { licenseUuidOf } from './licenses.contract.ts';
import { listLicenseKeysOf } from './licenses.store.ts';
import type { LicenseTable } from './licenses.table.ts';

/** The wire id of a licence: its key is `{organisation}:{offer}_{id}` (as observed). */
export function licenseWireId(row: Pick<LicenseTable, 'id' | 'org_id' | 'offer'>): string {
  return encodeWireId('LICENSE', `${row.org_id}:${row.offer}_${row.id}`);
}

/** The licences of one organisation, between keys and wire ids. */
export interface LicenseIds {
  /** Wire ids of keys; a key that the organisation has no licence for is left out. */
  wireIdsOf(keys: Iterable<string>): string[];
  /** Keys of wire ids, each once; ids of no licence of this organisation are left out. */
  keysOf(wireIds: readonly string[]): string[];
}

/** Reads the licences of an organisation for translation. */
export async function loadLicenseIds(db: Database, orgId: Uuid): Promise<LicenseIds> {
  const rows = await listLicenseKeysOf(db, orgId);
  const wireIdOf = new Map(rows.map((row) => [row.key, licenseWireId(row)]));
  const keyOf = new Map(rows.map((row) => [row.id, row.key]));
  return {
    wireIdsOf: (keys) => [...keys].flatMap((key) => wireIdOf.get(key) ?? []),
    keysOf: (wireIds) => [...new Set(wireIds.flatMap((text) => keyOf.get(licenseUuidOf(text) ?? '') ?? []))],
  };
}
