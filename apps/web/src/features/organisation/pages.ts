import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Settings of the organisation and its mail domains. */
export const organisationPages: readonly PageDeclaration[] = [
  { path: '/organisation', load: () => import('./organisation.tsx') },
];
