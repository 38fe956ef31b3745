export type { Handler, HandlerReply, HandlerRequest, Mount, RequestContext } from './context.ts';
export { createHttpDoor, type HttpDoor } from './door.ts';
export { asApiError, type ErrorBody, type WireError, writeError } from './error-writer.ts';
export { parseJsonBody } from './json-body.ts';
export type { Arrival, Exchange, HttpPorts, HttpSettings, InjectedFault, UploadedFile } from './ports.ts';
export { Page, RawReply } from './reply.ts';
export type { Trace, TraceStep } from './trace.ts';
export { decode } from './validate.ts';
