import type { PageDeclaration } from '../../app/page-declaration.ts';

/** People of the organisation: the list, one of them, and new ones. */
export const userPages: readonly PageDeclaration[] = [
  { path: '/users', load: () => import('./users.tsx') },
  { path: '/users/new', load: () => import('./new-users.tsx') },
  { path: '/users/$personId', load: () => import('./user.tsx') },
];
