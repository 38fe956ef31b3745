import { resource } from '../../resource.ts';
import { emailFilter, flagFilter, idFilter, peopleFilter, textFilter } from '../../webhook-filters.ts';
import { roomIdFilter } from '../room-access/index.ts';
import { reachesBot } from './message-access.ts';
import {
  createMessage,
  deleteMessage,
  getMessage,
  listDirectMessages,
  listMessages,
  updateMessage,
} from './messages.contract.ts';
import { messageErrors } from './messages.errors.ts';
import { presentMessageEvent } from './messages.present.ts';
import { mountMessages } from './messages.routes.ts';
import { messageMigrations } from './messages.table.ts';

export { isJsonObject } from './card.ts';
export { edit as editMessage, remove as deleteMessage } from './change-message.ts';
export { type AccessedMessage, accessMessage, type MessageFacts, readMessage } from './message-access.ts';
export { createMessageCommit, type MessageCommit } from './message-commit.store.ts';
export { findMessage, findMessages, type MessageRow } from './messages.store.ts';
export type { MessageCard, MessageFile, MessageTable } from './messages.table.ts';
export { type PostedMessage, type PostRequest, postMessage } from './post-message.ts';
export { type ListedMessages, type ListRequest, listRoom as listMessagesOfRoom } from './read-messages.ts';

/** Messages: text, markdown, files and cards in rooms. */
export const messages = resource({
  name: 'messages',
  area: 'messaging',
  operations: [createMessage, listMessages, listDirectMessages, getMessage, updateMessage, deleteMessage],
  errors: messageErrors,
  migrations: messageMigrations,
  routes: mountMessages,
  webhook: {
    resource: 'messages',
    events: ['created', 'updated', 'deleted'],
    readScopes: ['spark:messages_read'],
    orgReadScopes: ['spark-compliance:messages_read'],
    inFirehose: true,
    filters: {
      roomId: roomIdFilter,
      roomType: textFilter('roomType', ['group', 'direct']),
      personId: idFilter('personId', ['PEOPLE']),
      personEmail: emailFilter('personEmail'),
      mentionedPeople: peopleFilter('mentionedPeople'),
      hasFiles: flagFilter((data) => Array.isArray(data.files)),
      hasAttachments: flagFilter((data) => data.hasAttachments === true),
    },
    mayHear: ({ data }, { personId, type }) =>
      type !== 'bot' || reachesBot(data as { roomType: unknown; personId: unknown }, personId),
    present: presentMessageEvent,
  },
});
