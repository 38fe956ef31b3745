import { emailText, idText, listOf, timeText } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import { oauthErrors, tokenErrors } from '@moothall/platform/contracts';
import { z } from 'zod';
import { labErrors } from '../lab.errors.ts';
import { labOperation } from '../lab-operation.ts';

const testedBy = ['packages/lab/src/tokens/lab-tokens.test.ts'];
const TEN_YEARS_S = 315_360_000;

/** Makes an access token of a person or bot. */
export const mintLabToken = labOperation({
  id: 'lab.tokens.mint',
  method: 'POST',
  path: '/tokens',
  summary: 'Make an access token of a person',
  body: z.object({
    personEmail: emailText,
    /** All that the person may use unless said. */
    scopes: z
      .array(z.string().regex(/^[\x21-\x7e]{1,128}$/, 'expected a scope such as spark:rooms_read'))
      .min(1)
      .max(200)
      .optional(),
    /** 14 days unless said. */
    expiresInSeconds: z.int().min(1).max(TEN_YEARS_S).optional(),
  }),
  response: z.strictObject({
    token: z.string(),
    personId: idText,
    scopes: z.array(z.string()),
    expires: timeText,
  }),
  errors: [labErrors['lab.person_not_found'], tokenErrors['token.limit_reached']],
  testedBy,
});

/** Lists whom a token can be made for. */
export const listLabPeople = labOperation({
  id: 'lab.people.list',
  method: 'GET',
  path: '/people',
  summary: 'List the people and bots of the world',
  query: z.object({ max: z.coerce.number().int().min(1).max(1000).default(200) }),
  response: listOf(
    z.strictObject({
      id: idText,
      email: z.string(),
      displayName: z.string(),
      type: z.enum(['person', 'bot']),
      organization: z.string(),
      /** Administrative roles; empty for ordinary users. */
      roles: z.array(z.string()),
    }),
  ),
  testedBy,
});

/** Agrees to what an integration asks for, as a person and without their page; all rules of a consent hold. */
export const approveConsent = labOperation({
  id: 'lab.consents.approve',
  method: 'POST',
  path: '/consents',
  summary: 'Agree to an authorization request as a person',
  body: z.object({
    personEmail: emailText,
    /** Where the integration sends people; only its query is read, whatever its host. */
    authorizeUrl: z.string().min(1).max(262_144),
  }),
  response: z.strictObject({ redirectUrl: z.string() }),
  errors: [labErrors['lab.person_not_found'], ...Object.values(oauthErrors), generalErrors['auth.forbidden']],
  testedBy: ['packages/lab/src/tokens/lab-consents.test.ts'],
});
