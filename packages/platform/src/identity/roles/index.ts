import { resource } from '../../resource.ts';
import { explainRoles, getRole, listRoles } from './roles.contract.ts';
import { roleErrors } from './roles.errors.ts';
import { mountRoles } from './roles.routes.ts';

export { roleOfWireId, roleWireId, type WireRole } from './role-ids.ts';

/** Administrative roles: the same in every organisation. */
export const roles = resource({
  name: 'roles',
  area: 'identity',
  operations: [listRoles, getRole, explainRoles],
  errors: roleErrors,
  routes: mountRoles,
});
