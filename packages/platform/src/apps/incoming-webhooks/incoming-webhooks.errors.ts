import { defineErrors, generalErrors } from '@moothall/core';

/** Refusals about incoming webhooks. */
export const incomingWebhookErrors = defineErrors({
  'incoming_webhook.not_found': {
    status: 404,
    message: generalErrors['resource.not_found'].message,
    source: 'decided',
  },
  'incoming_webhook.group_only': {
    status: 400,
    message: 'roomId: an incoming webhook needs a group room.',
    source: 'decided',
  },
  'incoming_webhook.name_empty': {
    status: 400,
    message: 'name: give the incoming webhook a name, which its messages are shown with.',
    source: 'decided',
  },
});
