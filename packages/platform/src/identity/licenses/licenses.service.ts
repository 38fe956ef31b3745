import type { Actor } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import type { Database, Tx } from '@moothall/store';
import { type Action, authorize, type Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { licenseErrors } from './licenses.errors.ts';
import { findLicense, insertLicense, type LicenseRow, lockFreeSeats } from './licenses.store.ts';
import type { SiteType } from './licenses.table.ts';

/** What a new licence is made of. */
export type NewLicense = {
  id?: Uuid;
  orgId: Uuid;
  /** What people's `licenses` name it by. */
  key: string;
  name: string;
  totalUnits: number;
  siteUrl?: string;
  siteType?: SiteType;
};

const OFFERS: Readonly<Record<string, string>> = {
  messaging: 'MS',
  'advanced-messaging': 'MSADV',
  meetings: 'MC',
  calling: 'CO',
};

/** Stores a licence and emits `licenses:created`. @throws a unique violation for a key that the organisation has */
export async function addLicense(world: World, tx: Tx, request: NewLicense): Promise<Uuid> {
  const id = request.id ?? world.ids.uuid();
  await insertLicense(tx.db, {
    id,
    org_id: request.orgId,
    key: request.key,
    name: request.name,
    offer: OFFERS[request.key] ?? 'LC',
    total_units: request.totalUnits,
    site_url: request.siteUrl ?? null,
    site_type: request.siteType ?? null,
    created: world.clock.now(),
  });
  const data = { id, key: request.key };
  tx.emit({ orgId: request.orgId, resource: 'licenses', event: 'created', dataId: id, data });
  return id;
}

const DEFAULT_UNITS = 1000;

/** What an organisation gets unless said otherwise: messaging, and meetings on its site where it has one (decided). */
export function defaultLicenses(orgId: Uuid, siteUrl?: string): NewLicense[] {
  const base = { orgId, totalUnits: DEFAULT_UNITS };
  return [
    { ...base, key: 'messaging', name: 'Messaging' },
    { ...base, key: 'advanced-messaging', name: 'Advanced Messaging' },
    {
      ...base,
      key: 'meetings',
      name: 'Meeting - Webex Meeting Center',
      ...(siteUrl !== undefined && { siteUrl, siteType: 'Control Hub managed site' as const }),
    },
  ];
}

const readLicense: Action<{ license: LicenseRow | undefined }> = {
  name: 'licenses.read',
  relations: {
    admin: (actor: Actor, { license }) =>
      license?.org_id === actor.orgId ? undefined : "it is no licence of the caller's organisation",
  },
  unrelated: licenseErrors['license.not_found'],
};

/** A licence of the caller's organisation. @throws ApiError `license.not_found` */
export async function accessLicense(world: World, decider: Decider, id: Uuid): Promise<LicenseRow> {
  const license = await findLicense(world.store.db, id);
  authorize(decider, readLicense, { license });
  if (!license) throw new ApiError(licenseErrors['license.not_found']);
  return license;
}

/**
 * The licences that somebody can hold: of those wanted, what they hold already, and what has a free seat; the
 * seats are theirs when the transaction commits.
 * @param held keys that they hold now
 * @returns keys, in the order wanted
 */
export async function takeSeats(
  db: Database,
  orgId: string,
  held: readonly string[],
  wanted: readonly string[],
): Promise<string[]> {
  const asked = wanted.filter((key) => !held.includes(key));
  if (asked.length === 0) return [...wanted];
  const free = await lockFreeSeats(db, orgId, asked);
  return wanted.filter((key) => held.includes(key) || (free.get(key) ?? 0) > 0);
}
