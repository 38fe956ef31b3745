import type { PageDeclaration } from '../../app/page-declaration.ts';

/** What is supported, for how long, and how changes are told. */
export const supportPolicyPages: readonly PageDeclaration[] = [
  { path: '/support', access: 'public', load: () => import('./support-policy.tsx') },
];
