export { createConversation, type NewConversation, openDirectConversation } from './create-conversation.ts';
