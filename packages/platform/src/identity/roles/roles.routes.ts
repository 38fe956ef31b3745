import { ApiError } from '@moothall/core';
import { type Mount, Page } from '@moothall/http';
import { findWireRole, wireRoles } from './role-ids.ts';
import { getRole, listRoles } from './roles.contract.ts';
import { roleErrors } from './roles.errors.ts';

/** Ties the operations of roles to their handlers. */
export function mountRoles(mount: Mount): void {
  mount(listRoles, () => new Page(wireRoles));
  mount(getRole, ({ params }) => {
    const role = findWireRole(params.roleId);
    if (!role) throw new ApiError(roleErrors['role.not_found']);
    return role;
  });
}
