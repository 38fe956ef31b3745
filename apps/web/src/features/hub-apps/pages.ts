import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Which apps people of the organisation may use. */
export const hubAppPages: readonly PageDeclaration[] = [
  { path: '/apps', load: () => import('./hub-apps.tsx') },
];
