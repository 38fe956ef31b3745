import { defineErrors } from '@moothall/core';

/** Refusals about giving an app to another owner. */
export const transferErrors = defineErrors({
  'transfer.target_refused': {
    status: 400,
    message: "toPersonId: the new owner must be an active person of the app's organisation.",
    source: 'documented',
  },
  'transfer.same_owner': {
    status: 400,
    message: 'toPersonId: they own the app already.',
    source: 'decided',
  },
});
