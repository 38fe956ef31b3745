import { defineErrors } from '@moothall/core';

/** Refusals about authorizations. What is of another organisation looks like what never was (F34). */
export const authorizationErrors = defineErrors({
  'authorization.foreign_person': {
    status: 403,
    message:
      'personId or personEmail names nobody of your organization: give one of those that GET /people lists.',
    source: 'decided',
  },
  'authorization.foreign': {
    status: 403,
    message:
      'The id names no authorization of your organization: give one of those that GET /authorizations lists.',
    source: 'decided',
  },
  'authorization.foreign_organization': {
    status: 403,
    message: 'orgId is not your organization: leave it out or give your own.',
    source: 'decided',
  },
  'authorization.not_found': {
    status: 404,
    message: 'Could not find an authorization with provided ID: it was revoked already.',
    source: 'decided',
  },
  'authorization.first_party': {
    status: 400,
    message: 'clientId is an app of the platform itself: revoke its authorizations one by one, by their ids.',
    source: 'decided',
  },
});
