import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Every scope with what it opens. */
export const scopePages: readonly PageDeclaration[] = [
  { path: '/scopes', load: () => import('./scopes.tsx') },
];
