import { defineErrors } from '@moothall/core';

/** Refusals about bots that an organisation does not let in. */
export const botPolicyErrors = defineErrors({
  'bot.not_listed': {
    status: 403,
    message:
      'An administrator lets only listed bots into spaces, and this one is not listed: ask them to list it.',
    source: 'documented',
  },
  'bot.policy_changed_meanwhile': {
    status: 409,
    message: 'Somebody changed this policy meanwhile: reload it and make your change again.',
    source: 'decided',
  },
  'bot.unknown': {
    status: 400,
    message: "botIds: '{id}' is no bot's id.",
    source: 'decided',
  },
});
