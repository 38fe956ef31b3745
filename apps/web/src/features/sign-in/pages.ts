import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Ways in. */
export const signInPages: readonly PageDeclaration[] = [
  { path: '/sign-in', access: 'public', bare: true, load: () => import('./sign-in.tsx') },
  { path: '/password-reset', access: 'public', bare: true, load: () => import('./password-reset.tsx') },
];
