import { defineErrors } from '@moothall/core';

/** Refusals when an operator creates an organisation. */
export const bootstrapErrors = defineErrors({
  'bootstrap.invalid': { status: 400, message: '{field}: {remedy}', source: 'decided' },
  'bootstrap.domain_taken': {
    status: 409,
    message: "domain: an organisation has '{domain}' already; choose another domain.",
    source: 'decided',
  },
  'bootstrap.email_taken': {
    status: 409,
    message: "adminEmail: an active person has the address '{email}' already; choose another address.",
    source: 'decided',
  },
});
