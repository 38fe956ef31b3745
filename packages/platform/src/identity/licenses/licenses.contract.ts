import {
  type Access,
  adminPageAccess,
  adminReaders,
  EXPECT_ID,
  idText,
  listOf,
  operation,
  pageSize,
  wireUuid,
} from '@moothall/contract';
import { decodeWireKey, limitLedger, parseUuid, type Uuid } from '@moothall/core';
import { z } from 'zod';
import { organizationErrors } from '../organizations/organizations.errors.ts';
import { licenseErrors } from './licenses.errors.ts';

const access: Access = {
  grants: [{ as: 'admin', scopes: ['spark-admin:licenses_read'], roles: adminReaders }],
};
const testedBy = ['packages/platform/src/identity/licenses/licenses.test.ts'];

/** The UUID within a licence's wire id (`{organisation}:{offer}_{id}`, as observed); a bare UUID passes; undefined for another text. */
export function licenseUuidOf(text: string): Uuid | undefined {
  const key = decodeWireKey(['LICENSE'], text);
  if (key === undefined) return undefined;
  return parseUuid(/^[0-9a-f-]{36}:[A-Z0-9]+_(.{36})$/i.exec(key)?.[1] ?? key);
}

const licenseId = z.string().transform((text, context): Uuid => {
  const id = licenseUuidOf(text);
  if (id !== undefined) return id;
  context.issues.push({ code: 'custom', message: EXPECT_ID, input: text });
  return z.NEVER;
});

/** A licence on the wire. */
export const license = z.strictObject({
  id: idText,
  name: z.string(),
  totalUnits: z.number().int(),
  consumedUnits: z.number().int(),
  consumedByUsers: z.number().int(),
  siteUrl: z.string().optional(),
  siteType: z.enum(['Control Hub managed site', 'Linked site', 'Site Admin managed site']).optional(),
});

/** A licence with those who hold it; people of other organisations cannot (decided). */
const licenseWithUsers = license.extend({
  users: z
    .array(
      z.strictObject({
        id: idText,
        type: z.enum(['INTERNAL', 'EXTERNAL']),
        displayName: z.string(),
        email: z.string(),
      }),
    )
    .optional(),
});

const usersMax = limitLedger['license.users'].value;

/** Lists the licences of the caller's organisation; it has one page (documented). */
export const listLicenses = operation({
  id: 'licenses.list',
  method: 'GET',
  path: '/licenses',
  summary: 'List licenses',
  access,
  query: z.object({ orgId: wireUuid('ORGANIZATION').optional() }),
  response: listOf(license),
  errors: [organizationErrors['organization.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Shows a licence, with `includeAssignedTo=user` a page of those who hold it too. */
export const getLicense = operation({
  id: 'licenses.get',
  method: 'GET',
  path: '/licenses/{licenseId}',
  summary: 'Get license details',
  access,
  params: z.object({ licenseId }),
  query: z.object({
    includeAssignedTo: z.enum(['user']).optional(),
    limit: pageSize(usersMax, usersMax),
    next: wireUuid('PEOPLE').optional(),
  }),
  response: licenseWithUsers,
  errors: [licenseErrors['license.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Lists the licences with how many people hold each, for the pages of the hub. */
export const listHubLicenses = operation({
  id: 'hub.licenses',
  method: 'GET',
  base: '/hub/api',
  path: '/licenses',
  plane: 'page',
  summary: 'List licences',
  access: adminPageAccess('hub', adminReaders),
  response: listOf(license),
  source: 'decided',
  coverage: { status: 'done', testedBy },
});
