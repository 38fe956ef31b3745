export { type AnyBody, type ApiClient, type ApiReply, apiClient, onReply } from './api-client.ts';
export { createDatabase, inDatabase } from './database.ts';
export {
  BOT_SCOPES,
  startTestPlatform,
  type TestPerson,
  type TestPersonRequest,
  type TestPlatform,
  USER_SCOPES,
} from './test-platform.ts';
