import type { PageDeclaration } from '../../app/page-declaration.ts';

/** What is shown at the limit of tokens; open to everybody, or nobody could help themselves. */
export const tokenLimitPages: readonly PageDeclaration[] = [
  { path: '/token-limit', access: 'public', bare: true, load: () => import('./token-limit.tsx') },
];
