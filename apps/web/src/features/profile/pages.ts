import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Who one is here, and the password. */
export const profilePages: readonly PageDeclaration[] = [
  { path: '/', load: () => import('./profile.tsx') },
  { path: '/password', load: () => import('./password.tsx') },
];
