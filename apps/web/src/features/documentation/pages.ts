import type { PageDeclaration } from '../../app/page-declaration.ts';

/** What every operation takes, answers and asks for, out of its contract. */
export const documentationPages: readonly PageDeclaration[] = [
  { path: '/documentation', load: () => import('./documentation.tsx') },
  { path: '/documentation/$operationId', load: () => import('./operation-page.tsx') },
];
