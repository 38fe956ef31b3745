import type { ErrorDefinition } from '@moothall/core';
import { oauthErrors } from '../oauth.errors.ts';

/** Refusals of whoever fails to say which client it is. */
export const clientRefusals: readonly ErrorDefinition[] = [
  oauthErrors['oauth.client_invalid'],
  oauthErrors['oauth.client_unauthorized'],
  oauthErrors['oauth.invalid_request'],
];
