import type { PageDeclaration } from '../../app/page-declaration.ts';

/** An organisation of one's own to develop in; visitors without an account can ask for it too. */
export const sandboxPages: readonly PageDeclaration[] = [
  { path: '/sandbox', access: 'public', load: () => import('./sandbox.tsx') },
];
