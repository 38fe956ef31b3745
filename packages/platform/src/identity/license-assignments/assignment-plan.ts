import { ApiError } from '@moothall/core';
import type { LicenseRow } from '../licenses/index.ts';
import { assignmentErrors } from './license-assignments.errors.ts';

/** A licence to add or remove, as a request names it. */
export type LicenseStep = {
  id: string;
  operation: 'add' | 'remove';
  properties?:
    | { locationId?: string | undefined; phoneNumber?: string | undefined; extension?: string | undefined }
    | undefined;
};

/** An attendee role to add or remove. */
export type SiteStep = { siteUrl: string; operation: 'add' | 'remove' };

function refuse(
  code: keyof typeof assignmentErrors,
  name: 'licenses' | 'siteUrl',
  texts: readonly string[],
): never {
  throw new ApiError(assignmentErrors[code], { parameters: { [name]: texts.join(', ') } });
}

const CALLING = 'calling';
const ADVANCED = 'advanced-messaging';
const MESSAGING = 'messaging';

/**
 * The licences that a person is to hold after some steps, in their order.
 * @param held keys that they hold now
 * @param licenseOf finds a licence of the organisation by its wire id
 * @returns keys
 * @throws ApiError `assignment.license_not_recognized`, `assignment.properties_missing`, `assignment.messaging_required`
 */
export function planLicenses(
  held: readonly string[],
  steps: readonly LicenseStep[],
  licenseOf: (id: string) => LicenseRow | undefined,
): string[] {
  const unknown = steps.filter(({ id }) => !licenseOf(id)).map(({ id }) => id);
  if (unknown.length > 0) refuse('assignment.license_not_recognized', 'licenses', unknown);
  const wanted = new Set(held);
  for (const { id, operation, properties } of steps) {
    const { key } = licenseOf(id)!;
    if (operation === 'remove') wanted.delete(key);
    else if (key === CALLING && !wanted.has(key) && !properties?.phoneNumber && !properties?.extension)
      refuse('assignment.properties_missing', 'licenses', [id]);
    else wanted.add(key);
  }
  const lacks = steps.find(({ id, operation }) => operation === 'add' && licenseOf(id)!.key === ADVANCED);
  if (lacks && wanted.has(ADVANCED) && !wanted.has(MESSAGING))
    refuse('assignment.messaging_required', 'licenses', [lacks.id]);
  return [...wanted];
}

/**
 * The sites that a person attends after some steps. Who hosts on a site does not attend there besides.
 * @param attended sites now
 * @param known sites of the organisation
 * @param hosted sites on which they hold a licence
 * @throws ApiError `assignment.invalid_site`
 */
export function planSites(
  attended: readonly string[],
  steps: readonly SiteStep[],
  known: ReadonlySet<string>,
  hosted: ReadonlySet<string>,
): string[] {
  const invalid = steps.filter(({ siteUrl, operation }) => {
    return !known.has(siteUrl) || (operation === 'add' && hosted.has(siteUrl));
  });
  if (invalid.length > 0)
    refuse(
      'assignment.invalid_site',
      'siteUrl',
      invalid.map(({ siteUrl }) => siteUrl),
    );
  const sites = new Set(attended);
  for (const { siteUrl, operation } of steps) {
    if (operation === 'add') sites.add(siteUrl);
    else sites.delete(siteUrl);
  }
  return [...sites].filter((site) => !hosted.has(site));
}
