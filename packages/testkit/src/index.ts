export { type AnyBody, type ApiClient, apiClient } from './api-client.ts';
export { type BarePlatform, startBarePlatform } from './bare-platform.ts';
export { createDatabase, inDatabase } from './database.ts';
export type { ApiReply, SeenExchange, SeenReply } from './listeners.ts';
export { type MailAnswer, startMailServer, type TakenMail, type TestMailServer } from './mail-server.ts';
export { endNats, freePort, natsBinary, natsUrlOf, startNatsServer } from './nats-server.ts';
export {
  addClient,
  answerOf,
  CALLBACK,
  codeOf,
  fillTokens,
  postForm,
  queryOf,
  redeem,
  refresh,
  type TestClient,
  type TestClientRequest,
  tokensOf,
} from './oauth-client.ts';
export {
  authorization,
  listen,
  openSocket,
  registerDevice,
  type Said,
  type SdkSocket,
} from './sdk-socket.ts';
export { cookieOf, givePassword, pageOf, signIn } from './sign-in.ts';
export { type Sink, type SinkAnswer, type SunkRequest, startSink } from './sink.ts';
export {
  BOT_SCOPES,
  startTestPlatform,
  type TestPerson,
  type TestPersonRequest,
  type TestPlatform,
} from './test-platform.ts';
