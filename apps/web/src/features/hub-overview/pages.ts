import type { PageDeclaration } from '../../app/page-declaration.ts';

/** The first page of the administration. */
export const hubOverviewPages: readonly PageDeclaration[] = [
  { path: '/', load: () => import('./hub-overview.tsx') },
];
