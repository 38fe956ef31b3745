import type { PageDeclaration } from '../../app/page-declaration.ts';

/** What a person's account is signed in at, and what they allowed. */
export const ownSessionPages: readonly PageDeclaration[] = [
  { path: '/sessions', load: () => import('./own-sessions.tsx') },
];
