import { type Access, adminReaders, idText, listOf, operation, timeText, wireUuid } from '@moothall/contract';
import { z } from 'zod';
import { organizationErrors } from './organizations.errors.ts';

const access: Access = {
  grants: [
    {
      as: 'admin',
      scopes: ['spark-admin:organizations_read', 'spark:organizations_read'],
      roles: adminReaders,
    },
  ],
};
const testedBy = ['packages/platform/src/identity/organizations/organizations.test.ts'];

/** An organisation on the wire. */
const organization = z.strictObject({ id: idText, displayName: z.string(), created: timeText });

/** Lists the organisations that the caller administers: their own; it has one page (documented). */
export const listOrganizations = operation({
  id: 'organizations.list',
  method: 'GET',
  path: '/organizations',
  summary: 'List organizations',
  access,
  response: listOf(organization),
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Shows the caller's organisation. */
export const getOrganization = operation({
  id: 'organizations.get',
  method: 'GET',
  path: '/organizations/{orgId}',
  summary: 'Get organization details',
  access,
  params: z.object({ orgId: wireUuid('ORGANIZATION') }),
  response: organization,
  errors: [organizationErrors['organization.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});
