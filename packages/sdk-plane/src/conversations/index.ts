import type { Resource } from '@moothall/platform';
import {
  createConversation,
  getActivity,
  getConversation,
  getConversationWith,
  getUser,
  listActivities,
  listConversations,
  lookUpUsers,
  submitActivity,
  submitContent,
} from './conversations.contract.ts';
import { conversationErrors } from './conversations.errors.ts';
import { mountConversations } from './conversations.routes.ts';

/** Rooms and messages as the official SDK's own service has them: the same rows as over REST. */
export const conversations: Resource = {
  name: 'sdk-conversations',
  area: 'sdk',
  operations: [
    createConversation,
    listConversations,
    getConversationWith,
    getConversation,
    listActivities,
    submitActivity,
    submitContent,
    getActivity,
    lookUpUsers,
    getUser,
  ],
  errors: conversationErrors,
  routes: mountConversations,
};
