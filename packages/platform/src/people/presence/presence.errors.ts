import { defineErrors } from '@moothall/core';

/** Refusals about presence. */
export const presenceErrors = defineErrors({
  'presence.not_own': {
    status: 404,
    message: 'subject: nobody but the person themselves can say what their presence is; give your own id.',
    source: 'decided',
  },
  'presence.too_many_subscriptions': {
    status: 400,
    message: 'subjects: the presence of at most {limit} people can be watched at once; end some first.',
    source: 'decided',
  },
});
