import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Calls any operation out of the page. */
export const tryItPages: readonly PageDeclaration[] = [{ path: '/try', load: () => import('./try-it.tsx') }];
