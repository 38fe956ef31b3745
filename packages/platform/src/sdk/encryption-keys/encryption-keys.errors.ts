import { defineErrors } from '@moothall/core';

/**
 * Refusals about keys. Those of status 400 that name `kmsMessages` are told over HTTP; all others within the
 * channel as `{status, reason, requestId}`.
 */
export const encryptionKeyErrors = defineErrors({
  'kms.unreadable': {
    status: 400,
    message:
      '{field}: this is no message that the key service can open. Encrypt it for the key of GET /kms/{userId}, or with a channel of yours that has not expired.',
    source: 'decided',
  },
  'kms.request_invalid': { status: 400, message: '{reason}', source: 'decided' },
  'kms.person_not_found': {
    status: 404,
    message: 'Could not find the keys of the user with provided ID: ask for your own.',
    source: 'decided',
  },
  'kms.bearer_refused': {
    status: 401,
    message: 'client.credential.bearer: this is no live access token of the user who sent the request.',
    source: 'decided',
  },
  'kms.user_refused': {
    status: 403,
    message: 'client.credential.userId: requests on behalf of other users are not allowed.',
    source: 'decided',
  },
  'kms.replayed': {
    status: 409,
    message: 'requestId: it was used before in this channel. Give each request an id of its own.',
    source: 'decided',
  },
  'kms.no_operation': {
    status: 404,
    message: 'The key service has no operation {method} {uri}.',
    source: 'decided',
  },
  'kms.key_not_found': {
    status: 404,
    message: 'There is no such key, or you are not authorized to it.',
    source: 'decided',
  },
  'kms.resource_not_found': {
    status: 404,
    message: 'There is no such resource, or you are not authorized to it.',
    source: 'decided',
  },
  'kms.key_bound': {
    status: 409,
    message: 'The key is bound to a resource already: create another one.',
    source: 'decided',
  },
  'kms.too_many_keys': {
    status: 400,
    message: 'count: ask for 1 to {limit} keys at once.',
    source: 'decided',
  },
  'kms.content_unreadable': {
    status: 400,
    message: '{field}: this is not encrypted with the key that it names.',
    source: 'decided',
  },
});
