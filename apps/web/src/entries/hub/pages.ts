import type { NavigationItem, PageDeclaration } from '../../app/page-declaration.ts';
import { appTransferPages } from '../../features/app-transfer/pages.ts';
import { auditPages } from '../../features/audit/pages.ts';
import { hubAppPages } from '../../features/hub-apps/pages.ts';
import { hubOverviewPages } from '../../features/hub-overview/pages.ts';
import { licencePages } from '../../features/licences/pages.ts';
import { organisationPages } from '../../features/organisation/pages.ts';
import { rolePages } from '../../features/roles/pages.ts';
import { userPages } from '../../features/users/pages.ts';

/** Every page of the administration: one line for each feature. */
export const hubPages: readonly PageDeclaration[] = [
  ...hubOverviewPages,
  ...userPages,
  ...licencePages,
  ...rolePages,
  ...hubAppPages,
  ...appTransferPages,
  ...organisationPages,
  ...auditPages,
];

/** The navigation of the administration, in order. */
export const hubNavigation: readonly NavigationItem[] = [
  { path: '/', label: 'Overview', what: 'What there is.' },
  { path: '/users', label: 'Users', what: 'Add people, and change their roles, licences and state.' },
  { path: '/licences', label: 'Licences', what: 'See what the organisation holds and who uses it.' },
  { path: '/roles', label: 'Roles', what: 'Read what each role may do, and who holds it.' },
  { path: '/apps', label: 'Apps', what: 'Decide which integrations and bots people may use.' },
  { path: '/transfer', label: 'Application transfer', what: 'Give an app to another owner.' },
  { path: '/organisation', label: 'Organisation', what: 'Change its settings and mail domains.' },
  { path: '/audit', label: 'Audit', what: 'Find out who changed what, and when.' },
];
