import {
  EXPECT_ID,
  emailText,
  idText,
  listOf,
  messagingAccess,
  operation,
  pageSize,
  timestamp,
  timeText,
  userAccess,
  wireUuid,
} from '@moothall/contract';
import { decodeWireUuid, limitLedger, type Uuid, type WireType } from '@moothall/core';
import { z } from 'zod';
import { availabilityErrors } from '../../apps/availability/availability.errors.ts';
import { botPolicyErrors } from '../../apps/bot-policies/bot-policies.errors.ts';
import { peopleErrors } from '../../people/people/people.errors.ts';
import { roomErrors } from '../room-access/room-access.errors.ts';
import { messageErrors } from './messages.errors.ts';

const folder = 'packages/platform/src/messaging/messages';
const testedBy = (...names: string[]) => names.map((name) => `${folder}/${name}.test.ts`);

/** A card on the wire, as it was posted. */
const messageCard = z.strictObject({
  contentType: z.string(),
  content: z.record(z.string(), z.unknown()),
});

/** A message on the wire. */
export const message = z.strictObject({
  id: idText,
  roomId: idText,
  roomType: z.enum(['group', 'direct']),
  text: z.string().optional(),
  markdown: z.string().optional(),
  html: z.string().optional(),
  files: z.array(z.url()).optional(),
  personId: idText,
  personEmail: z.string(),
  mentionedPeople: z.array(idText).optional(),
  mentionedGroups: z.array(z.literal('all')).optional(),
  attachments: z.array(messageCard).optional(),
  parentId: idText.optional(),
  created: timeText,
  updated: timeText.optional(),
});

/** The reply to a post: a message, with whom it was sent to. */
const postedMessage = message.extend({ toPersonId: idText.optional(), toPersonEmail: z.string().optional() });

/** An id that may be left out; forms and some clients send an empty one instead. */
function optionalId(type: WireType) {
  return z
    .string()
    .nullish()
    .transform((text, context): Uuid | undefined => {
      if (text === undefined || text === null || text === '') return undefined;
      const id = decodeWireUuid([type], text);
      if (id === undefined) context.issues.push({ code: 'custom', message: EXPECT_ID, input: text });
      return id;
    });
}

/** `me` or the id of a person. */
function readMentioned(text: string, context: z.RefinementCtx): 'me' | Uuid {
  if (text === 'me') return text;
  const id = decodeWireUuid(['PEOPLE'], text);
  if (id !== undefined) return id;
  context.issues.push({ code: 'custom', message: EXPECT_ID, input: text });
  return z.NEVER;
}

const optionalEmail = z.preprocess(
  (value) => (value === '' || value === null ? undefined : value),
  emailText.optional(),
);

/** What may be wrong with the words of a message. */
const wordErrors = [
  messageErrors['message.empty'],
  messageErrors['message.too_long'],
  messageErrors['message.mention_unknown'],
] as const;

/** Why a room takes no message of its member. */
const postingErrors = [
  messageErrors['message.announcement_only'],
  roomErrors['room.archived'],
  roomErrors['room.read_only'],
] as const;

const params = z.object({ messageId: wireUuid('MESSAGE') });

/** Posts a message to a room or a person. */
export const createMessage = operation({
  id: 'messages.create',
  method: 'POST',
  path: '/messages',
  summary: 'Create a message',
  access: userAccess('spark:messages_write'),
  multipart: true,
  body: z.object({
    roomId: optionalId('ROOM'),
    toPersonId: optionalId('PEOPLE'),
    toPersonEmail: optionalEmail,
    parentId: optionalId('MESSAGE'),
    text: z.string().nullish(),
    markdown: z.string().nullish(),
    files: z.union([z.string(), z.array(z.string())]).nullish(),
    attachments: z.unknown().optional(),
  }),
  response: postedMessage,
  errors: [
    messageErrors['message.destination'],
    ...wordErrors,
    messageErrors['message.files_limit'],
    messageErrors['message.file_refused'],
    messageErrors['message.cards_limit'],
    messageErrors['message.card_invalid'],
    messageErrors['message.card_without_text'],
    messageErrors['message.parent_invalid'],
    messageErrors['message.to_self'],
    ...postingErrors,
    messageErrors['message.busy'],
    availabilityErrors['apps.not_in_gov'],
    botPolicyErrors['bot.not_listed'],
    roomErrors['room.not_found'],
    peopleErrors['person.not_found'],
    peopleErrors['person.email_not_found'],
    peopleErrors['person.email_refused'],
    peopleErrors['person.sandbox_full'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy: testedBy('post', 'files', 'cards', 'direct', 'group-commit') },
});

/** Lists the messages of a room, newest first. */
export const listMessages = operation({
  id: 'messages.list',
  method: 'GET',
  path: '/messages',
  summary: 'List messages',
  access: messagingAccess('messages_read'),
  query: z.object({
    roomId: optionalId('ROOM'),
    parentId: optionalId('MESSAGE'),
    mentionedPeople: z.string().transform(readMentioned).optional(),
    before: timestamp.optional(),
    beforeMessage: optionalId('MESSAGE'),
    max: pageSize(limitLedger['message.page_default'].value, limitLedger['message.page_max'].value),
    cursor: z.string().optional(),
  }),
  response: listOf(message),
  errors: [
    messageErrors['message.room_required'],
    messageErrors['message.mentions_of_others'],
    messageErrors['message.bot_needs_mentions'],
    messageErrors['message.not_found'],
    roomErrors['room.not_found'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy: testedBy('list', 'paging') },
});

/** Lists the messages of the direct room with a person, newest first. */
export const listDirectMessages = operation({
  id: 'messages.list_direct',
  method: 'GET',
  path: '/messages/direct',
  summary: 'List direct messages',
  access: userAccess('spark:messages_read'),
  query: z.object({
    personId: optionalId('PEOPLE'),
    personEmail: optionalEmail,
    parentId: optionalId('MESSAGE'),
    max: pageSize(limitLedger['message.page_default'].value, limitLedger['message.page_max'].value),
    cursor: z.string().optional(),
  }),
  response: listOf(message),
  errors: [
    peopleErrors['person.not_specified'],
    peopleErrors['person.ambiguous'],
    peopleErrors['person.not_found'],
    roomErrors['room.not_found'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy: testedBy('direct') },
});

/** Shows a message. */
export const getMessage = operation({
  id: 'messages.get',
  method: 'GET',
  path: '/messages/{messageId}',
  summary: 'Get message details',
  access: messagingAccess('messages_read'),
  params,
  response: message,
  errors: [messageErrors['message.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy: testedBy('list', 'compliance') },
});

/** Changes the body of one's own message. */
export const updateMessage = operation({
  id: 'messages.update',
  method: 'PUT',
  path: '/messages/{messageId}',
  summary: 'Edit a message',
  access: userAccess('spark:messages_write'),
  params,
  body: z.object({
    roomId: optionalId('ROOM'),
    text: z.string().nullish(),
    markdown: z.string().nullish(),
  }),
  response: message,
  errors: [
    messageErrors['message.not_found'],
    messageErrors['message.room_null'],
    messageErrors['message.other_room'],
    ...wordErrors,
    ...postingErrors,
    messageErrors['message.edits_spent'],
    messageErrors['message.edit_with_files'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy: testedBy('edit') },
});

/** Deletes a message. */
export const deleteMessage = operation({
  id: 'messages.delete',
  method: 'DELETE',
  path: '/messages/{messageId}',
  summary: 'Delete a message',
  access: messagingAccess('messages_write'),
  params,
  errors: [messageErrors['message.not_found'], messageErrors['message.gone']],
  source: 'documented',
  coverage: { status: 'done', testedBy: testedBy('edit', 'compliance') },
});
