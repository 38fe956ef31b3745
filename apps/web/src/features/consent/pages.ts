import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Where apps send people to be allowed something. */
export const consentPages: readonly PageDeclaration[] = [
  { path: '/authorize', bare: true, load: () => import('./consent.tsx') },
  { path: '/device', bare: true, load: () => import('./device.tsx') },
];
