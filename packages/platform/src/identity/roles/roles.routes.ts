import { ApiError } from '@moothall/core';
import { type Mount, Page } from '@moothall/http';
import { roleExplanations } from './role-explanations.ts';
import { findWireRole, roleNames, wireRoles } from './role-ids.ts';
import { explainRoles, getRole, listRoles } from './roles.contract.ts';
import { roleErrors } from './roles.errors.ts';

/** Ties the operations of roles to their handlers. */
export function mountRoles(mount: Mount): void {
  mount(listRoles, () => new Page(wireRoles));
  mount(
    explainRoles,
    () => new Page(roleNames.map((role) => ({ ...role, may: roleExplanations[role.key] }))),
  );
  mount(getRole, ({ params }) => {
    const role = findWireRole(params.roleId);
    if (!role) throw new ApiError(roleErrors['role.not_found']);
    return role;
  });
}
