import { defineErrors } from '@moothall/core';

/** Refusals about roles. */
export const roleErrors = defineErrors({
  'role.not_found': { status: 404, message: 'Could not find a role with provided ID.', source: 'decided' },
});
