import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Who changed what, and when. */
export const auditPages: readonly PageDeclaration[] = [{ path: '/audit', load: () => import('./audit.tsx') }];
