import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Apps change their owner here. */
export const appTransferPages: readonly PageDeclaration[] = [
  { path: '/transfer', load: () => import('./app-transfer.tsx') },
];
