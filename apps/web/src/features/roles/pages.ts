import type { PageDeclaration } from '../../app/page-declaration.ts';

/** What roles let their holders do. */
export const rolePages: readonly PageDeclaration[] = [{ path: '/roles', load: () => import('./roles.tsx') }];
