import type { PageDeclaration } from '../../app/page-declaration.ts';

/** One's own apps: the list, making one, and each with its settings. */
export const appPages: readonly PageDeclaration[] = [
  { path: '/apps', load: () => import('./app-list.tsx') },
  { path: '/apps/new', load: () => import('./choose-kind.tsx') },
  { path: '/apps/new/$kind', load: () => import('./new-app.tsx') },
  { path: '/apps/$appId', load: () => import('./app-page.tsx') },
];
