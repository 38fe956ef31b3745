import { operation, pageAccess } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import { z } from 'zod';
import { passwordText } from './password-text.contract.ts';
import { passwordErrors } from './passwords.errors.ts';

/** Changes one's own password; every other session of the account ends. */
export const setPassword = operation({
  id: 'password.set',
  method: 'POST',
  base: '/idb/api',
  path: '/password',
  plane: 'page',
  summary: 'Change my password',
  access: pageAccess('account'),
  body: z.object({
    /** Needed unless there is none, or the session began with a link that was mailed. */
    currentPassword: passwordText.optional(),
    newPassword: passwordText,
  }),
  errors: [
    passwordErrors['password.current_wrong'],
    passwordErrors['password.too_short'],
    passwordErrors['password.too_easy'],
    passwordErrors['sign_in.throttled'],
    passwordErrors['sign_in.busy'],
    generalErrors['session.required'],
  ],
  source: 'decided',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/identity/passwords/passwords.test.ts'],
  },
});
