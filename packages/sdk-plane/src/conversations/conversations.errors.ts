import { defineErrors } from '@moothall/core';

/** Refusals of the conversation service that no other part of the platform has. */
export const conversationErrors = defineErrors({
  'conversation.verb_not_built': {
    status: 501,
    message: "verb: '{verb}' is not built here. There are: {known}.",
    source: 'decided',
  },
  'conversation.files_not_built': {
    status: 501,
    message: 'Files are not taken by this service: post them with POST /v1/messages.',
    source: 'decided',
  },
  'conversation.object_missing': {
    status: 400,
    message: '{field}: it is missing, or no UUID.',
    source: 'decided',
  },
  'conversation.one_other': {
    status: 400,
    message: 'activities: a conversation with the tag ONE_ON_ONE has exactly one other participant.',
    source: 'decided',
  },
  'conversation.not_found': {
    status: 404,
    message: 'Could not find a conversation with provided ID.',
    source: 'decided',
  },
});
