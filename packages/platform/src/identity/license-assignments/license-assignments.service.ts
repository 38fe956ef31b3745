import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { z } from 'zod';
import { authorize, type Decider } from '../../authorize.ts';
import {
  applyPersonChange,
  changePerson,
  findPersonByEmail,
  lockPersonToChange,
  type PersonProfile,
  type PersonRow,
  peopleErrors,
} from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { type LicenseRow, licenseWireId, listLicensesOf, takeSeats } from '../licenses/index.ts';
import { accessOrganizationId, findOrganization } from '../organizations/index.ts';
import { type LicenseStep, planLicenses, planSites, type SiteStep } from './assignment-plan.ts';
import type { assignLicenses } from './license-assignments.contract.ts';
import { assignmentErrors } from './license-assignments.errors.ts';

/** What is to be assigned to whom. */
export type AssignmentRequest = {
  email?: string | undefined;
  personId?: Uuid | undefined;
  orgId?: Uuid | undefined;
  licenses?: readonly LicenseStep[] | undefined;
  siteUrls?: readonly SiteStep[] | undefined;
};

/** What a person holds after it; `isPartial` when something that was asked for had no seat. */
export type Assignment = { reply: z.input<NonNullable<typeof assignLicenses.response>>; isPartial: boolean };

const ATTENDEE = '#attendee';

async function whomOf(world: World, { personId, email }: AssignmentRequest): Promise<Uuid> {
  if (email === undefined) {
    if (personId === undefined) throw new ApiError(assignmentErrors['assignment.no_person']);
    return personId;
  }
  const person = await findPersonByEmail(world, email);
  if (!person) throw new ApiError(peopleErrors['person.not_found']);
  if (personId !== undefined && personId !== person.id)
    throw new ApiError(assignmentErrors['assignment.ambiguous']);
  return person.id;
}

/** Licences and sites of an organisation. */
type Offer = {
  byId: ReadonlyMap<string, LicenseRow>;
  rows: readonly LicenseRow[];
  sites: ReadonlySet<string>;
};

async function offerOf(world: World, orgId: Uuid): Promise<Offer> {
  const rows = await listLicensesOf(world.store.db, orgId);
  const org = await findOrganization(world, orgId);
  const sites = [org?.site_url, ...rows.map((row) => row.site_url)];
  return {
    rows,
    byId: new Map(rows.flatMap((row) => [[row.id, row] as const, [licenseWireId(row), row] as const])),
    sites: new Set(sites.flatMap((site) => site ?? [])),
  };
}

function hostedSites(offer: Offer, keys: readonly string[]): Set<string> {
  return new Set(
    offer.rows.flatMap((row) => (row.site_url !== null && keys.includes(row.key) ? row.site_url : [])),
  );
}

function attendedSites({ siteUrls = [] }: PersonProfile): string[] {
  return siteUrls.filter((text) => text.endsWith(ATTENDEE)).map((text) => text.slice(0, -ATTENDEE.length));
}

function profileOf(
  before: PersonProfile,
  attended: readonly string[],
  steps: readonly LicenseStep[],
): PersonProfile {
  const others = (before.siteUrls ?? []).filter((text) => !text.endsWith(ATTENDEE));
  const siteUrls = [...others, ...attended.map((site) => site + ATTENDEE)];
  const { siteUrls: _gone, ...rest } = before;
  const calling = Object.assign(
    {},
    ...steps.map(({ operation, properties }) => (operation === 'add' ? properties : {})),
  );
  const { extension, phoneNumber: value } = calling as NonNullable<LicenseStep['properties']>;
  const numbers = (before.phoneNumbers ?? []).filter(({ type }) => type !== 'work');
  return {
    ...rest,
    ...(siteUrls.length > 0 && { siteUrls }),
    ...(extension && { extension }),
    ...(value && { phoneNumbers: [...numbers, { type: 'work', value }] }),
  };
}

function assertSeats(
  offer: Offer,
  target: PersonRow,
  wanted: readonly string[],
  taken: readonly string[],
): boolean {
  const lacking = wanted.filter((key) => !taken.includes(key));
  const gained = taken.filter((key) => !target.licenses.includes(key));
  const lost = target.licenses.filter((key) => !taken.includes(key));
  if (lacking.length > 0 && gained.length + lost.length === 0) {
    const ids = offer.rows.filter(({ key }) => lacking.includes(key)).map(licenseWireId);
    throw new ApiError(assignmentErrors['assignment.no_seats'], { parameters: { licenses: ids.join(', ') } });
  }
  return lacking.length > 0;
}

function present(offer: Offer, row: PersonRow): Assignment['reply'] {
  const hosted = hostedSites(offer, row.licenses);
  return {
    orgId: encodeWireId('ORGANIZATION', row.org_id),
    personId: encodeWireId('PEOPLE', row.id),
    email: row.email,
    licenses: offer.rows.filter(({ key }) => row.licenses.includes(key)).map(licenseWireId),
    siteUrls: [
      ...attendedSites(row.profile).map((siteUrl) => ({ siteUrl, accountType: 'attendee' as const })),
      ...[...hosted].map((siteUrl) => ({ siteUrl, accountType: 'host' as const })),
    ],
  };
}

async function assignIn(
  world: World,
  tx: Tx,
  decider: Decider,
  { target, offer, request }: { target: PersonRow; offer: Offer; request: AssignmentRequest },
): Promise<Assignment> {
  const { licenses = [], siteUrls = [] } = request;
  const wanted = planLicenses(target.licenses, licenses, (id) => offer.byId.get(id));
  const taken = await takeSeats(tx.db, target.org_id, target.licenses, wanted);
  const isPartial = assertSeats(offer, target, wanted, taken);
  const attended = planSites(attendedSites(target.profile), siteUrls, offer.sites, hostedSites(offer, taken));
  const profile = profileOf(target.profile, attended, licenses);
  const row = await applyPersonChange(world, tx, decider, target, { licenses: taken, profile });
  return { reply: present(offer, row), isPartial };
}

/**
 * Assigns licences and attendee roles to a person of the administrator's organisation, or takes them. What is
 * wrong in itself refuses the whole; what only lacks a seat is left out, unless that leaves nothing (documented).
 * The person's next request is judged by what they hold then (F26).
 * @throws ApiError of `assignmentErrors`, `person.not_found` (people of other organisations too),
 *   `organization.not_found`, `auth.forbidden`
 */
export async function assign(
  world: World,
  decider: Decider,
  request: AssignmentRequest,
): Promise<Assignment> {
  const orgId = accessOrganizationId(decider, request.orgId);
  const personId = await whomOf(world, request);
  if (!request.licenses?.length && !request.siteUrls?.length)
    throw new ApiError(assignmentErrors['assignment.nothing']);
  const offer = await offerOf(world, orgId);
  return world.store.tx(async (tx) => {
    const target = await lockPersonToChange(tx, personId);
    authorize(decider, changePerson, { target, grantsRoles: false });
    return assignIn(world, tx, decider, { target, offer, request });
  });
}
