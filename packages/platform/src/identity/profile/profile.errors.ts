import { defineErrors } from '@moothall/core';

/** Refusals about one's own profile. */
export const profileErrors = defineErrors({
  'profile.changed_meanwhile': {
    status: 409,
    message: 'Your profile was changed elsewhere meanwhile: reload the page and change it again.',
    source: 'decided',
  },
  'profile.not_found': { status: 404, message: 'Your account is no more.', source: 'decided' },
});
