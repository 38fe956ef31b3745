import { defineErrors } from '@moothall/core';

/** Refusals about passwords. */
export const passwordErrors = defineErrors({
  'sign_in.throttled': {
    status: 429,
    message: 'Too many tries: try again after {seconds} seconds.',
    source: 'decided',
  },
  'sign_in.busy': {
    status: 503,
    message: 'Too many people are signing in at this moment: try again in a few seconds.',
    source: 'decided',
  },
  'password.current_wrong': {
    status: 400,
    message: 'currentPassword: it is not right; type the password that you have now.',
    source: 'decided',
  },
  'password.too_short': {
    status: 400,
    message: 'newPassword: choose a password of at least {atLeast} characters.',
    source: 'decided',
  },
  'password.too_easy': {
    status: 400,
    message: 'newPassword: it is among the first that are tried by strangers; choose another.',
    source: 'decided',
  },
});
