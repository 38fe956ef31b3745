import { defineErrors } from '@moothall/core';

/** Refusals about the answers to cards. */
export const attachmentActionErrors = defineErrors({
  'attachment_action.not_found': {
    status: 404,
    message: 'Unable to get attachment action.',
    source: 'as-observed',
  },
  'attachment_action.no_card': {
    status: 400,
    message: 'Unable to post attachment action: "MessageId should point to an activity with cards"',
    source: 'as-observed',
  },
  'attachment_action.own_card': {
    status: 400,
    message: 'Unable to post attachment action: "Author of a card cannot submit a cardAction on that card"',
    source: 'as-observed',
  },
  'attachment_action.message_required': {
    status: 400,
    message: 'messageId cannot be null: give the id of the message with the card.',
    source: 'decided',
  },
  'attachment_action.type': { status: 400, message: "type: it must be 'submit'.", source: 'decided' },
  'attachment_action.inputs': {
    status: 400,
    message: 'inputs: give a JSON object.',
    source: 'decided',
  },
  'attachment_action.inputs_size': {
    status: 400,
    message: 'inputs: they have {bytes} bytes of JSON: {limit} is the most.',
    source: 'decided',
  },
});
