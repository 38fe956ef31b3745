export type { Handler, HandlerReply, HandlerRequest, Mount, RequestContext } from './context.ts';
export { createHttpDoor, type HttpDoor, type TakeUpgrade } from './door.ts';
export type { ErrorBody, WireError } from './error-writer.ts';
export { parseJsonBody } from './json-body.ts';
export { SESSION_COOKIE, sessionCookieHeader, sessionCookieOf } from './page-caller.ts';
export type {
  Arrival,
  Conversation,
  Exchange,
  HttpPorts,
  HttpSettings,
  InjectedFault,
  UploadedFile,
} from './ports.ts';
export { JsonReply, Page, RawReply } from './reply.ts';
export type { Website } from './site/website.ts';
export type { Trace, TraceStep } from './trace.ts';
