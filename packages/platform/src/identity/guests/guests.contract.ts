import { type Access, idText, operation } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { tokenErrors } from '../tokens/tokens.errors.ts';
import { guestErrors } from './guests.errors.ts';

const testedBy = [
  'packages/platform/src/identity/guests/guests.test.ts',
  'packages/platform/src/identity/guests/jwt-login.test.ts',
];
const subjectMax = limitLedger['guest.subject'].value;
const nameMax = limitLedger['people.name'].value;

/** A service app acts as an administrator of its own; a person who holds the scope must be one too (decided). */
function issuing(...scopes: string[]): Access {
  return { grants: [{ as: 'admin', scopes, roles: ['full_admin'] }] };
}

/**
 * Signs a guest in by a JWT of a guest issuer in the Authorization header, with `Bearer` or without (as
 * observed of clients); a body is not read. `expiresIn` is in seconds.
 */
export const loginByJwt = operation({
  id: 'guests.login',
  method: 'POST',
  path: '/jwt/login',
  summary: 'Sign a guest in',
  response: z.strictObject({ token: z.string(), expiresIn: z.int() }),
  errors: [guestErrors['guest.refused'], tokenErrors['token.limit_reached']],
  deprecated: { since: '2026-11-01' },
  source: 'as-observed',
  coverage: { status: 'done', testedBy },
});

/** Creates a guest or gives a known one another token, and their new name. `expiresIn` is in seconds. */
export const createGuestToken = operation({
  id: 'guests.token',
  method: 'POST',
  path: '/guests/token',
  summary: 'Create a guest',
  access: issuing('guest-issuer:write'),
  body: z.object({
    subject: z.string().trim().min(1, 'it is empty').max(subjectMax),
    displayName: z.string().trim().min(1, 'it is empty').max(nameMax),
  }),
  response: z.strictObject({
    id: idText,
    subject: z.string(),
    displayName: z.string(),
    email: z.string(),
    accessToken: z.string(),
    expiresIn: z.int(),
  }),
  errors: [guestErrors['guest.disabled'], tokenErrors['token.limit_reached']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Tells how many guests the caller's organisation has, of all its issuers: a bare number as text (documented). */
export const countGuests = operation({
  id: 'guests.count',
  method: 'GET',
  path: '/guests/count',
  summary: 'Get guest count',
  access: issuing('guest-issuer:read', 'guest-issuer:write'),
  replies: 'bytes',
  source: 'documented',
  coverage: { status: 'done', testedBy },
});
