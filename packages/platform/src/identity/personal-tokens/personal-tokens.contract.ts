import { operation, pageAccess, timeText } from '@moothall/contract';
import { z } from 'zod';
import { tokenErrors } from '../tokens/tokens.errors.ts';

const common = {
  base: '/portal/api',
  path: '/personal-token',
  plane: 'page',
  access: pageAccess('portal'),
  source: 'documented',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/identity/personal-tokens/personal-tokens.test.ts'],
  },
} as const;

const liveToken = { created: timeText, expires: timeText, scopes: z.array(z.string()) };

/** Tells whether there is a personal access token; never its text. */
export const getPersonalToken = operation({
  ...common,
  id: 'personalToken.get',
  method: 'GET',
  summary: 'Show whether I have a personal access token',
  response: z.strictObject({ token: z.strictObject(liveToken).optional() }),
});

/** Makes a personal access token for 12 hours, in place of the one before; its text is shown this once. */
export const createPersonalToken = operation({
  ...common,
  id: 'personalToken.create',
  method: 'POST',
  summary: 'Make a personal access token',
  response: z.strictObject({ text: z.string(), ...liveToken }),
  errors: [tokenErrors['token.limit_reached']],
});

/** Ends the personal access token, if there is one. */
export const deletePersonalToken = operation({
  ...common,
  id: 'personalToken.delete',
  method: 'DELETE',
  summary: 'End my personal access token',
});
