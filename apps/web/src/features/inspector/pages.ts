import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Watches the requests, deliveries and events of a lab, and turns its clock and faults. */
export const inspectorPages: readonly PageDeclaration[] = [
  { path: '/inspector', labOnly: true, load: () => import('./inspector.tsx') },
];
