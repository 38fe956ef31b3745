import { defineErrors } from '@moothall/core';

/** Refusals about who may use an integration. */
export const integrationPolicyErrors = defineErrors({
  'integration_policy.unknown': {
    status: 404,
    message: 'clientId: there is no such integration.',
    source: 'decided',
  },
  'integration_policy.changed_meanwhile': {
    status: 409,
    message: 'Somebody changed this policy meanwhile: reload it and make your change again.',
    source: 'decided',
  },
  'integration_policy.people_refused': {
    status: 400,
    message: "personIds: '{id}' is no person of the organization.",
    source: 'decided',
  },
  'integration_request.not_blocked': {
    status: 400,
    message: 'The integration is not blocked: open its authorization page again.',
    source: 'decided',
  },
  'integration_request.not_found': {
    status: 404,
    message: 'Could not find a request with provided ID.',
    source: 'decided',
  },
});
