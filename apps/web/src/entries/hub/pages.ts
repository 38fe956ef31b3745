import type { NavigationItem, PageDeclaration } from '../../app/page-declaration.ts';

/** Every page of the administration: one line for each feature. */
export const hubPages: readonly PageDeclaration[] = [
  { path: '/', load: () => import('../../features/overview/overview.tsx') },
];

/** The navigation of the administration, in order. */
export const hubNavigation: readonly NavigationItem[] = [
  { path: '/', label: 'Overview', what: 'What there is.' },
  { path: '/users', label: 'Users', what: 'Add people, and change their roles, licences and state.' },
  { path: '/licences', label: 'Licences', what: 'See what the organisation holds and who uses it.' },
  { path: '/apps', label: 'Apps', what: 'Decide which integrations and bots people may use.' },
  { path: '/transfer', label: 'Application transfer', what: 'Give an app to another owner.' },
  { path: '/audit', label: 'Audit', what: 'Find out who changed what, and when.' },
];
