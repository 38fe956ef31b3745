import { defineErrors } from '@moothall/core';

/** Refusals about apps. */
export const appErrors = defineErrors({
  'app.not_found': { status: 404, message: 'Could not find an app with provided ID.', source: 'decided' },
  'app.portal_only': {
    status: 404,
    message: 'Apps can only be created in the Developer Portal',
    description:
      'Apps can only be created in the Developer Portal: sign in at /portal and create it under My Apps.',
    source: 'decided',
  },
  'app.changed_meanwhile': {
    status: 409,
    message: 'Somebody changed this app meanwhile: reload it and make your change again.',
    source: 'decided',
  },
  'app.request_reused': {
    status: 409,
    message: 'requestId: another app was made with this id; send a new one for a new app.',
    source: 'decided',
  },
  'app.username_taken': {
    status: 409,
    message: 'username: another bot has or had it; choose another.',
    source: 'documented',
  },
  'app.username_refused': { status: 400, message: 'username: {reason}', source: 'decided' },
  'app.field_not_of_kind': {
    status: 400,
    message: '{field}: an app of type {type} has none that could be changed; leave it out.',
    source: 'decided',
  },
  'app.scope_unknown': {
    status: 400,
    message: "scopes: '{scope}' is no scope; the portal's scopes page lists all.",
    source: 'decided',
  },
  'app.integration_limit': {
    status: 400,
    message: 'You own {limit} integrations, which is the most: delete or transfer one first.',
    source: 'documented',
  },
  'app.embedded_needs_organization': {
    status: 403,
    message:
      'Embedded apps need an organization: request a Developer Sandbox, and create the app in it with its administrator account.',
    source: 'documented',
  },
  'app.no_token': {
    status: 400,
    message: 'Only bots have a token; an app of type {type} has none.',
    source: 'decided',
  },
  'app.no_secret': {
    status: 400,
    message: 'An app of type {type} has no secret.',
    source: 'decided',
  },
  'app.icon_refused': { status: 400, message: 'icon: {reason}', source: 'decided' },
  'app.no_icon': {
    status: 404,
    message: 'The app has no uploaded icon; its drawn one is named in iconName.',
    source: 'decided',
  },
});
