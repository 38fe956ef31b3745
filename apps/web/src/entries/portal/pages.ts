import type { NavigationItem, PageDeclaration } from '../../app/page-declaration.ts';
import { accessTokenPages } from '../../features/access-token/pages.ts';
import { appPages } from '../../features/apps/pages.ts';
import { documentationPages } from '../../features/documentation/pages.ts';
import { inspectorPages } from '../../features/inspector/pages.ts';
import { kitPages } from '../../features/kit/pages.ts';
import { limitPages } from '../../features/limits/pages.ts';
import { sandboxPages } from '../../features/sandbox/pages.ts';
import { scopePages } from '../../features/scopes/pages.ts';
import { supportPolicyPages } from '../../features/support-policy/pages.ts';
import { tryItPages } from '../../features/try-it/pages.ts';
import { webhookPages } from '../../features/webhooks/pages.ts';

/** Every page of the developer portal: one line for each feature. */
export const portalPages: readonly PageDeclaration[] = [
  { path: '/', access: 'public', load: () => import('../../features/overview/overview.tsx') },
  ...documentationPages,
  ...webhookPages,
  ...tryItPages,
  ...appPages,
  ...accessTokenPages,
  ...scopePages,
  ...limitPages,
  ...sandboxPages,
  ...supportPolicyPages,
  ...inspectorPages,
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
    path: '/token',
    label: 'Access token',
    what: 'Get a token of your own to try calls with, for 12 hours.',
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
