import type { PageDeclaration } from '../../app/page-declaration.ts';

/** What the organisation holds. */
export const licencePages: readonly PageDeclaration[] = [
  { path: '/licences', load: () => import('./licences.tsx') },
];
