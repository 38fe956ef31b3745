import { defineErrors } from '@moothall/core';

/** Refusals about service apps. */
export const serviceAppErrors = defineErrors({
  'service_app.not_found': {
    status: 404,
    message: 'Could not find a service app with provided ID.',
    source: 'documented',
  },
  'service_app.credentials_refused': {
    status: 400,
    message:
      'clientId, clientSecret: they are not those of this service app; its owner can make a new secret.',
    source: 'decided',
  },
  'service_app.not_authorized': {
    status: 403,
    message:
      'targetOrgId: no full administrator of this organization has authorized the service app; ask one to do so in the hub.',
    source: 'documented',
  },
  'service_app.no_scopes_left': {
    status: 403,
    message:
      'The service app registers none of the scopes that were authorized any more: request authorization again.',
    source: 'decided',
  },
  'service_app.changed_meanwhile': {
    status: 409,
    message: 'version: the service app was changed meanwhile; reload it and read its scopes again.',
    source: 'decided',
  },
  'service_app.officer_needed': {
    status: 403,
    message:
      'The service app asks for compliance scopes: only a full administrator who is a compliance officer too may authorize it.',
    source: 'decided',
  },
  'service_app.not_a_service_app': {
    status: 400,
    message: 'Only service apps are authorized for an organization; an app of type {type} is not.',
    source: 'decided',
  },
});
