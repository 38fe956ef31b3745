import {
  type Access,
  adminPageAccess,
  adminReaders,
  idText,
  listOf,
  operation,
  wireUuid,
} from '@moothall/contract';
import { z } from 'zod';
import { roleErrors } from './roles.errors.ts';

const access: Access = {
  grants: [{ as: 'admin', scopes: ['spark-admin:roles_read'], roles: adminReaders }],
};
const testedBy = ['packages/platform/src/identity/roles/roles.test.ts'];

/** A role on the wire. */
const role = z.strictObject({ id: idText, name: z.string() });

/** Lists all roles; it has one page (documented). */
export const listRoles = operation({
  id: 'roles.list',
  method: 'GET',
  path: '/roles',
  summary: 'List roles',
  access,
  response: listOf(role),
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Shows a role. */
export const getRole = operation({
  id: 'roles.get',
  method: 'GET',
  path: '/roles/{roleId}',
  summary: 'Get role details',
  access,
  params: z.object({ roleId: wireUuid('ROLE') }),
  response: role,
  errors: [roleErrors['role.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Lists the roles with what they let their holders do, for the pages of the hub. */
export const explainRoles = operation({
  id: 'hub.roles',
  method: 'GET',
  base: '/hub/api',
  path: '/roles',
  plane: 'page',
  summary: 'Explain the roles',
  access: adminPageAccess('hub', adminReaders),
  response: listOf(role.extend({ key: z.string(), may: z.string() })),
  source: 'decided',
  coverage: { status: 'done', testedBy },
});
