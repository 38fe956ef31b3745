import type { PageDeclaration } from '../../app/page-declaration.ts';

/** The numbers that rules turn on. */
export const limitPages: readonly PageDeclaration[] = [
  { path: '/limits', load: () => import('./limits.tsx') },
];
