import { defineErrors, generalErrors } from '@moothall/core';

/** Refusals about webhooks. */
export const webhookErrors = defineErrors({
  'webhook.not_found': {
    status: 404,
    message: generalErrors['resource.not_found'].message,
    source: 'documented',
  },
  'webhook.filter_invalid': {
    status: 400,
    message: 'invalid value for filter: {name}',
    source: 'documented',
  },
  'webhook.filter_malformed': {
    status: 400,
    message: 'filter: write it as name=value, several joined by &.',
    source: 'decided',
  },
  'webhook.filter_unknown': {
    status: 400,
    message: 'invalid value for filter: {name}',
    description: "filter: '{name}' is no filter of {resource}; it has: {known}.",
    source: 'decided',
  },
  'webhook.resource_unknown': {
    status: 400,
    message: "resource: there is no '{resource}'; use one of: {known}.",
    source: 'decided',
  },
  'webhook.resource_not_available': {
    status: 400,
    message: "resource: webhooks for '{resource}' are not available yet; available are: {known}.",
    source: 'decided',
  },
  'webhook.event_unknown': {
    status: 400,
    message: "event: '{event}' does not happen to {resource}; use one of: {known}.",
    source: 'decided',
  },
  'webhook.target_refused': { status: 400, message: 'targetUrl: {reason}', source: 'decided' },
  'webhook.not_org_wide': {
    status: 400,
    message: "ownedBy: there are no org-wide webhooks for '{resource}'; leave ownedBy out.",
    source: 'decided',
  },
  'webhook.org_duplicate': {
    status: 409,
    message: 'The organisation has an org-wide webhook with this resource and filter already.',
    source: 'documented',
  },
  'webhook.limit_reached': {
    status: 400,
    message: 'The account has {limit} webhooks, which is the most: delete one first.',
    source: 'documented',
  },
});
