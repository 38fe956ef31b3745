import { emailText, idText, timeText } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import { tokenErrors } from '@moothall/platform';
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

/** Approves an authorisation as a person: it comes with OAuth. */
export const approveConsent = labOperation({
  id: 'lab.consents.approve',
  method: 'POST',
  path: '/consents',
  summary: 'Approve an authorisation as a person (not built yet)',
  body: z.object({}),
  errors: [generalErrors['operation.not_built']],
  testedBy,
});
