import { defineErrors } from '@moothall/core';

/** Refusals about messages. */
export const messageErrors = defineErrors({
  'message.not_found': { status: 404, message: 'Unable to delete message.', source: 'as-observed' },
  'message.gone': { status: 410, message: 'The message has been deleted already.', source: 'decided' },
  'message.destination': {
    status: 400,
    message: 'Exactly one of the destination fields must not be empty (roomId, toPersonEmail, toPersonId)',
    source: 'as-observed',
  },
  'message.empty': { status: 400, message: 'Both text and file cannot be empty.', source: 'as-observed' },
  'message.too_long': {
    status: 400,
    message: '{field} has {bytes} bytes in UTF-8: shorten it to {limit} bytes at most.',
    source: 'decided',
  },
  'message.files_limit': {
    status: 400,
    message: 'files: a message takes {limit} file at most: send each file in a message of its own.',
    source: 'decided',
  },
  'message.file_refused': { status: 400, message: 'files: {reason}', source: 'decided' },
  'message.cards_limit': {
    status: 400,
    message: 'attachments: a message takes {limit} card at most: send each card in a message of its own.',
    source: 'decided',
  },
  'message.card_invalid': { status: 400, message: 'attachments: {reason}', source: 'decided' },
  'message.card_without_text': {
    status: 400,
    message: 'attachments: a card needs text or markdown for clients that cannot show it.',
    source: 'decided',
  },
  'message.mention_unknown': {
    status: 400,
    message: 'The mentioned {who} is not a member of the room: mention members only.',
    source: 'decided',
  },
  'message.parent_invalid': {
    status: 400,
    message: 'parentId: give the id of a message of this room that is not itself a reply.',
    source: 'decided',
  },
  'message.to_self': {
    status: 400,
    message: 'toPersonId or toPersonEmail: you cannot send a message to yourself.',
    source: 'decided',
  },
  'message.announcement_only': {
    status: 403,
    message: 'Only moderators may post in this room: it is for announcements.',
    source: 'decided',
  },
  'message.room_required': {
    status: 400,
    message: "Required String parameter 'roomId' is not present",
    source: 'as-observed',
  },
  'message.room_null': { status: 400, message: 'roomId cannot be null', source: 'as-observed' },
  'message.other_room': {
    status: 400,
    message: 'roomId: the message is not in this room.',
    source: 'decided',
  },
  'message.mentions_of_others': {
    status: 400,
    message: "mentionedPeople: give 'me' or your own id.",
    source: 'decided',
  },
  'message.bot_needs_mentions': {
    status: 403,
    message: 'A bot sees only messages that mention it in a group room: add mentionedPeople=me.',
    source: 'decided',
  },
  'message.edits_spent': {
    status: 400,
    message: 'The message has been edited {limit} times, which is the most.',
    source: 'decided',
  },
  'message.edit_with_files': {
    status: 400,
    message: 'A message with files or attachments cannot be edited: delete it and post another.',
    source: 'decided',
  },
  'message.busy': {
    status: 409,
    message: 'The room changed while the message was being posted: try again.',
    source: 'decided',
  },
});
