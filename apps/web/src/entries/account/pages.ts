import type { NavigationItem, PageDeclaration } from '../../app/page-declaration.ts';
import { consentPages } from '../../features/consent/pages.ts';
import { ownSessionPages } from '../../features/own-sessions/pages.ts';
import { profilePages } from '../../features/profile/pages.ts';
import { signInPages } from '../../features/sign-in/pages.ts';
import { tokenLimitPages } from '../../features/token-limit/pages.ts';

/** Every page of the account: one line for each feature. */
export const accountPages: readonly PageDeclaration[] = [
  ...profilePages,
  ...ownSessionPages,
  ...signInPages,
  ...consentPages,
  ...tokenLimitPages,
];

/** The navigation of the account, in order. */
export const accountNavigation: readonly NavigationItem[] = [
  { path: '/', label: 'Profile', what: 'See who you are here.' },
  { path: '/sessions', label: 'Devices and sessions', what: 'End sessions, and take access away from apps.' },
];
