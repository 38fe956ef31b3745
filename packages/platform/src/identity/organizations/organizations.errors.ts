import { defineErrors } from '@moothall/core';

/** Refusals about organisations. */
export const organizationErrors = defineErrors({
  'organization.not_found': {
    status: 404,
    message: 'Could not find an organization with provided ID.',
    source: 'decided',
  },
  'organization.changed_meanwhile': {
    status: 409,
    message: 'The settings were changed since you opened the page: reload it, then make your change again.',
    source: 'decided',
  },
  'domain.invalid': {
    status: 400,
    message: 'name: give the name of a mail domain, such as example.com.',
    source: 'decided',
  },
  'domain.taken': {
    status: 409,
    message: "name: an organization has '{name}' already; give another domain.",
    source: 'decided',
  },
  'domain.not_verifiable': {
    status: 501,
    message:
      'Domains cannot be verified here yet: ask the operator of this deployment to add the domain to your organization.',
    source: 'decided',
  },
});
