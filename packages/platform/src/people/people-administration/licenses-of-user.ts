import { ApiError } from '@moothall/core';
import type { LicenseIds } from '../../identity/licenses/index.ts';
import { administrationErrors } from './people-administration.errors.ts';

/** Keys of licences that a page names. @throws ApiError `people.unknown_license` when one is none of the organisation's */
export function licenseKeysOf(licenses: LicenseIds, wireIds: readonly string[]): string[] {
  const wanted = [...new Set(wireIds)];
  const keys = licenses.keysOf(wanted);
  if (keys.length < wanted.length) throw new ApiError(administrationErrors['people.unknown_license']);
  return keys;
}

/** @throws ApiError `people.no_seats` when a licence that was wanted is not among those that could be taken */
export function refuseLackOfSeats(wanted: readonly string[], taken: readonly string[]): void {
  const lacking = wanted.filter((key) => !taken.includes(key));
  if (lacking.length === 0) return;
  throw new ApiError(administrationErrors['people.no_seats'], {
    parameters: { licenses: lacking.join(', ') },
  });
}
