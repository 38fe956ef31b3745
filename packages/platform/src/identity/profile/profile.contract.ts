import { idText, operation, pageAccess, timeText } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { profileErrors } from './profile.errors.ts';

const common = {
  base: '/idb/api',
  path: '/me',
  plane: 'page',
  access: pageAccess('account'),
  source: 'decided',
  coverage: { status: 'done', testedBy: ['packages/platform/src/identity/profile/profile.test.ts'] },
} as const;

const name = z.string().trim().max(limitLedger['people.name'].value);

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

const profile = z.strictObject({
  id: idText,
  email: z.string(),
  displayName: z.string(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  nickName: z.string().optional(),
  avatar: z.string().optional(),
  title: z.string().optional(),
  department: z.string().optional(),
  timezone: z.string().optional(),
  created: timeText,
  /** To be sent along with a change. */
  version: timeText,
});

/** Shows the caller's profile. */
export const getProfile = operation({
  ...common,
  id: 'me.get',
  method: 'GET',
  summary: 'Show my profile',
  response: profile,
});

/** Changes the caller's profile; what is left out stays, an empty text removes. */
export const updateProfile = operation({
  ...common,
  id: 'me.update',
  method: 'PATCH',
  summary: 'Change my profile',
  body: z.object({
    version: z.string().max(64),
    displayName: name.min(1).optional(),
    firstName: name.optional(),
    lastName: name.optional(),
    nickName: name.optional(),
    timezone: z
      .string()
      .max(64)
      .refine((text) => text === '' || isTimeZone(text), {
        error: 'timezone: expected a name such as Europe/Berlin',
      })
      .optional(),
  }),
  response: profile,
  errors: [profileErrors['profile.changed_meanwhile'], profileErrors['profile.not_found']],
});
