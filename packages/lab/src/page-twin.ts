import { type Operation, pageAccess } from '@moothall/contract';
import { generalErrors } from '@moothall/core';

/** Prefix under which the pages reach the lab plane. */
export const LAB_PAGE_BASE = '/lab/page';

/**
 * The same operation for the developer portal's pages: whoever is signed in there may use it, without the
 * lab's key, which no page may hold. In a lab everybody may do everything (decided).
 */
export function pageTwinOf<Op extends Operation>(operation: Op): Op {
  return {
    ...operation,
    id: `${operation.id}.page`,
    base: LAB_PAGE_BASE,
    fullPath: LAB_PAGE_BASE + operation.path,
    plane: 'page',
    access: pageAccess('portal'),
    errors: operation.errors?.filter((error) => error !== generalErrors['auth.token_required']),
  };
}
