import { emailText, flag, operation, pageSize, timestamp, userAccess, wireUuid } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import {
  attachmentActionErrors,
  encryptionKeyErrors,
  membershipErrors,
  messageErrors,
  peopleErrors,
  roomErrors,
  roomWriteErrors,
} from '@moothall/platform/contracts';
import { z } from 'zod';
import { conversationErrors } from './conversations.errors.ts';

const common = {
  base: '/conversation/api/v1',
  // Each verb asks for the scope of the operation of REST that does the same.
  access: userAccess(),
  source: 'as-observed',
  coverage: { status: 'done', testedBy: ['packages/sdk-plane/src/conversations/conversations.test.ts'] },
} as const;

const reading = { ...common, access: userAccess('spark:rooms_read') } as const;

const object = z.looseObject({
  objectType: z.string().optional(),
  id: z.string().optional(),
  /** Text; encrypted where `encryptionKeyUrl` names a key. */
  displayName: z.string().optional(),
  /** HTML; encrypted as the text is. */
  content: z.string().optional(),
  /** A JSON object as text, encrypted as the text is, or the object itself. */
  inputs: z.unknown().optional(),
  defaultActivityEncryptionKeyUrl: z.string().nullish(),
});

const parent = z.looseObject({ id: z.string(), type: z.string().optional() });

/** What somebody wants to do; programs send more of it than is read. */
export const activityRequest = z.looseObject({
  verb: z.string(),
  object: object.optional(),
  encryptionKeyUrl: z.string().nullish(),
  parent: parent.nullish(),
  /** A message to the key service, with what it has to know of. */
  kmsMessage: z.string().optional(),
  /** Comes back with the reply, so that a program knows what it had shown already. */
  clientTempId: z.string().optional(),
});

/** A conversation that somebody wants, with what is to be done in it at once. */
export const conversationRequest = z.looseObject({
  displayName: z.string().optional(),
  tags: z.array(z.string()).optional(),
  encryptionKeyUrl: z.string().nullish(),
  defaultActivityEncryptionKeyUrl: z.string().nullish(),
  kmsMessage: z.string().optional(),
  activities: z.looseObject({
    items: z.array(activityRequest).max(limitLedger['room.members'].value),
  }),
});

const activityReply = z.looseObject({ objectType: z.literal('activity'), id: z.string(), verb: z.string() });
const conversation = z.looseObject({
  objectType: z.literal('conversation'),
  id: z.string(),
  url: z.string(),
  tags: z.array(z.string()),
});

const most = limitLedger['conversation.page_max'].value;
const count = pageSize(limitLedger['conversation.page_default'].value, most);
/** Programs ask for none by 0. */
const countOrNone = z
  .union([z.string(), z.number()])
  .transform((value) => Math.min(Math.max(Math.floor(Number(value)) || 0, 0), most))
  .optional();

const shown = z.object({
  activitiesLimit: countOrNone,
  participantsLimit: countOrNone,
  includeParticipants: flag.optional(),
  participantAckFilter: z.string().optional(),
});

const params = z.object({ conversationId: wireUuid('ROOM') });

/** Creates a conversation with its participants, its key, and perhaps its first comment. */
export const createConversation = operation({
  ...common,
  id: 'sdk.conversations.create',
  method: 'POST',
  path: '/conversations',
  summary: 'Create a conversation',
  access: userAccess('spark:rooms_write'),
  body: conversationRequest,
  response: conversation,
  errors: [
    conversationErrors['conversation.object_missing'],
    conversationErrors['conversation.one_other'],
    encryptionKeyErrors['kms.unreadable'],
    encryptionKeyErrors['kms.request_invalid'],
    encryptionKeyErrors['kms.content_unreadable'],
    encryptionKeyErrors['kms.key_not_found'],
    encryptionKeyErrors['kms.resource_not_found'],
    roomErrors['room.full'],
    peopleErrors['person.not_found'],
    ...Object.values(messageErrors),
  ],
});

/** Lists the caller's conversations, the one with the newest activity first. */
export const listConversations = operation({
  ...reading,
  id: 'sdk.conversations.list',
  method: 'GET',
  path: '/conversations',
  summary: 'List conversations',
  query: shown.extend({ conversationsLimit: count }),
  response: z.strictObject({ items: z.array(conversation) }),
});

/** Shows a conversation. */
export const getConversation = operation({
  ...reading,
  id: 'sdk.conversations.get',
  method: 'GET',
  path: '/conversations/{conversationId}',
  summary: 'Get a conversation',
  params,
  query: shown,
  response: conversation,
  errors: [roomErrors['room.not_found']],
});

/** Shows the direct conversation with somebody. */
export const getConversationWith = operation({
  ...reading,
  id: 'sdk.conversations.getWith',
  method: 'GET',
  path: '/conversations/user/{personId}',
  summary: 'Get the direct conversation with a person',
  params: z.object({ personId: wireUuid('PEOPLE') }),
  query: shown,
  response: conversation,
  errors: [conversationErrors['conversation.not_found']],
});

/** Lists comments and shares of a conversation, oldest first. */
export const listActivities = operation({
  ...common,
  id: 'sdk.conversations.activities.list',
  access: userAccess('spark:messages_read'),
  method: 'GET',
  path: '/conversations/{conversationId}/activities',
  summary: 'List activities of a conversation',
  params,
  query: z.object({
    activitiesLimit: countOrNone,
    /** Only what was published before, in ISO form or in milliseconds since 1970. */
    maxDate: z
      .union([
        z
          .string()
          .regex(/^\d{1,15}$/)
          .transform((text) => new Date(Number(text))),
        timestamp,
      ])
      .optional(),
  }),
  response: z.strictObject({ items: z.array(activityReply) }),
  errors: [roomErrors['room.not_found']],
});

/** Does something in a conversation. */
export const submitActivity = operation({
  ...common,
  id: 'sdk.conversations.activities.create',
  method: 'POST',
  path: '/conversations/{conversationId}/activities',
  summary: 'Submit an activity',
  params,
  body: activityRequest,
  response: activityReply,
  // Whatever the verb's own operation refuses.
  errors: [
    conversationErrors['conversation.verb_not_built'],
    conversationErrors['conversation.object_missing'],
    encryptionKeyErrors['kms.unreadable'],
    encryptionKeyErrors['kms.request_invalid'],
    encryptionKeyErrors['kms.content_unreadable'],
    encryptionKeyErrors['kms.key_not_found'],
    encryptionKeyErrors['kms.resource_not_found'],
    ...Object.values(roomErrors),
    ...Object.values(roomWriteErrors),
    ...Object.values(membershipErrors),
    ...Object.values(messageErrors),
    ...Object.values(attachmentActionErrors),
    ...Object.values(peopleErrors),
  ],
});

/** Shows a comment or a share. */
export const getActivity = operation({
  ...common,
  id: 'sdk.conversations.activities.get',
  access: userAccess('spark:messages_read'),
  method: 'GET',
  path: '/activities/{activityId}',
  summary: 'Get an activity',
  params: z.object({ activityId: wireUuid('MESSAGE') }),
  response: activityReply,
  errors: [messageErrors['message.not_found']],
});

/** Refuses files, which go another way. */
export const submitContent = operation({
  ...common,
  id: 'sdk.conversations.content.create',
  coverage: { ...common.coverage, status: 'partial', note: 'files go by POST /v1/messages' },
  method: 'POST',
  path: '/conversations/{conversationId}/content',
  summary: 'Share files in a conversation',
  params,
  body: z.looseObject({}),
  response: activityReply,
  errors: [conversationErrors['conversation.files_not_built'], roomErrors['room.not_found']],
});

/** Finds people by their addresses. */
export const lookUpUsers = operation({
  ...common,
  id: 'sdk.conversations.users.lookUp',
  access: userAccess('spark:people_read'),
  method: 'POST',
  path: '/users',
  summary: 'Look up users by address',
  query: z.object({
    /** Whether an unknown address becomes a pending person. */
    shouldCreateUsers: flag.optional(),
  }),
  body: z.array(z.looseObject({ email: emailText })).max(limitLedger['conversation.lookup'].value),
  response: z.record(z.string(), z.looseObject({ userExists: z.boolean() })),
});

/** Shows the caller. */
export const getUser = operation({
  ...common,
  id: 'sdk.conversations.users.me',
  access: userAccess('spark:people_read'),
  method: 'GET',
  path: '/users',
  summary: 'Get the caller as a user',
  response: z.looseObject({ id: z.string(), email: z.string() }),
});
