import type { PageDeclaration } from '../../app/page-declaration.ts';

/** The parts that pages are made of, shown in the lab for those who make pages. */
export const kitPages: readonly PageDeclaration[] = [
  { path: '/kit', access: 'public', labOnly: true, load: () => import('./kit.tsx') },
];
