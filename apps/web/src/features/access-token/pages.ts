import type { PageDeclaration } from '../../app/page-declaration.ts';

/** A token of one's own, to try things out with. */
export const accessTokenPages: readonly PageDeclaration[] = [
  { path: '/token', load: () => import('./access-token.tsx') },
];
