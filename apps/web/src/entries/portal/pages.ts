import type { NavigationItem, PageDeclaration } from '../../app/page-declaration.ts';
import { kitPages } from '../../features/kit/pages.ts';

/** Every page of the developer portal: one line for each feature. */
export const portalPages: readonly PageDeclaration[] = [
  { path: '/', access: 'public', load: () => import('../../features/overview/overview.tsx') },
  ...kitPages,
];

/** The navigation of the developer portal, in order. */
export const portalNavigation: readonly NavigationItem[] = [
  { path: '/', label: 'Overview', what: 'What there is.' },
  {
    path: '/apps',
    label: 'My apps',
    what: 'Create bots, integrations, guest issuers, service and embedded apps.',
  },
  {
    path: '/documentation',
    label: 'Documentation',
    what: 'Read how everything is used, with every operation.',
  },
  { path: '/scopes', label: 'Scopes', what: 'Find the scope that a call needs, and who may grant it.' },
  { path: '/webhooks', label: 'Webhooks', what: 'See what was delivered, and send it again.' },
  { path: '/try', label: 'Try it', what: 'Call an operation as yourself and read the reply.' },
  { path: '/limits', label: 'Limits', what: 'Look up every number that the rules turn on.' },
  {
    path: '/support',
    label: 'Support policy',
    what: 'Know what is supported, for how long, and whom to ask.',
  },
  { path: '/sandbox', label: 'Sandbox', what: 'Get an organisation of your own to try things in.' },
  { path: '/inspector', label: 'Inspector', what: 'Watch requests and deliveries of this lab.' },
];
