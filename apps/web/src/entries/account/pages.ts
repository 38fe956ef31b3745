import type { NavigationItem, PageDeclaration } from '../../app/page-declaration.ts';

/** Every page of the account: one line for each feature. */
export const accountPages: readonly PageDeclaration[] = [
  { path: '/', load: () => import('../../features/overview/overview.tsx') },
];

/** The navigation of the account, in order. */
export const accountNavigation: readonly NavigationItem[] = [
  { path: '/', label: 'Profile', what: 'See who you are here.' },
  { path: '/sessions', label: 'Devices and sessions', what: 'End sessions, and take access away from apps.' },
];
