import { operation } from '@moothall/contract';
import { z } from 'zod';
import { passwordErrors } from '../passwords/passwords.errors.ts';

/** Asks for a mail with a link to a new password; the reply is the same whether or not anybody has the address. */
export const requestPasswordReset = operation({
  id: 'passwordResets.create',
  method: 'POST',
  base: '/idb/api',
  path: '/password-resets',
  plane: 'page',
  summary: 'Ask for a link to a new password',
  body: z.object({ email: z.string().trim().min(1).max(254) }),
  response: z.strictObject({
    /** What to tell whoever asked. */
    message: z.string(),
  }),
  errors: [passwordErrors['sign_in.throttled']],
  source: 'decided',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/identity/password-resets/password-resets.test.ts'],
  },
});
