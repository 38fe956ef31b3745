import type { Actor, Capacity, Operation } from '@moothall/contract';
import { ApiError, generalErrors } from '@moothall/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { readBody as ReadBody } from './body.ts';
import type { Handler, HandlerRequest } from './context.ts';
import { deprecationHeaders } from './deprecation.ts';
import { asApiError, oauthFieldsOf, writeError } from './error-writer.ts';
import { assertStorable } from './json-body.ts';
import { nextLink } from './links.ts';
import { assertOwnPage, sessionCallerOf } from './page-caller.ts';
import type { Conversation, HttpPorts, HttpSettings, InjectedFault } from './ports.ts';
import { JsonReply, Page, RawReply } from './reply.ts';
import type { Trace } from './trace.ts';
import { trackingIdOf } from './tracking.ts';
import { decode } from './validate.ts';

/** What one mounted operation is served with. */
export type Service = {
  operation: Operation;
  handler: Handler<Operation>;
  ports: HttpPorts;
  settings: HttpSettings;
  readBody: typeof ReadBody;
};

const JSON_TYPE = 'application/json;charset=UTF-8';
const NO_CAPACITIES: readonly Capacity[] = [];

function bearerOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  return header === undefined ? undefined : /^bearer\s+(\S+)\s*$/i.exec(header)?.[1];
}

async function callerOf(service: Service, request: FastifyRequest, trace: Trace): Promise<Actor> {
  const { ports, operation } = service;
  if (operation.access?.session) return sessionCallerOf(service, operation.access.session, request, trace);
  const token = bearerOf(request);
  const actor = token === undefined ? undefined : await ports.authenticate(token);
  if (actor) return actor;
  trace.steps.push({
    check: 'token',
    passed: false,
    detail: token === undefined ? 'no bearer token' : 'unknown, expired or revoked',
  });
  throw new ApiError(generalErrors['auth.token_required']);
}

async function endure(fault: InjectedFault | undefined): Promise<void> {
  if (!fault) return;
  if (fault.latencyMs) await new Promise((resolve) => setTimeout(resolve, fault.latencyMs));
  if (!fault.status) return;
  const retry = fault.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: fault.retryAfterSeconds };
  const definition = {
    code: 'fault.injected',
    status: fault.status,
    message: `Injected fault: ${fault.status}`,
    source: 'decided',
  } as const;
  throw new ApiError(definition, retry);
}

function searchOf(request: FastifyRequest): URLSearchParams {
  const at = request.url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1));
}

function queryOf(service: Service, request: FastifyRequest): unknown {
  if (!service.operation.query) return undefined;
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of searchOf(request)) {
    const before = query[name];
    query[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  assertStorable(query);
  return query;
}

function baseUrlOf({ settings }: Service, request: FastifyRequest): string {
  return settings.publicUrl ?? `${request.protocol}://${request.host}`;
}

/** What is told of an exchange when it is over. */
type Seen = { actor?: Actor; requestBody?: unknown; responseBody?: unknown };

async function requestOf(
  service: Service,
  request: FastifyRequest,
  caller: { actor: Actor; capacities: readonly Capacity[] },
  trace: Trace,
  seen: Seen,
) {
  const { operation, ports, settings } = service;
  assertStorable(request.params);
  const params = operation.params ? decode(operation.params, request.params) : undefined;
  const query = decode(operation.query, queryOf(service, request));
  const { value, files } = await service.readBody(
    request.raw,
    operation,
    settings.bodyLimitBytes,
    ports.acceptFile,
  );
  seen.requestBody = files.length > 0 ? { ...(value as object), files } : value;
  const body = decode(operation.body, value);
  const headers = request.headers as Record<string, string | undefined>;
  return {
    trace,
    baseUrl: baseUrlOf(service, request),
    remoteAddress: request.ip,
    headers,
    params,
    query,
    body,
    files,
    ...caller,
  } as HandlerRequest<Operation>;
}

async function answer(service: Service, request: FastifyRequest, trace: Trace, seen: Seen) {
  const { operation, ports } = service;
  if (ports.enter) await ports.enter({ operation, trace, headers: request.headers });
  if (operation.plane === 'page') assertOwnPage(request, operation, baseUrlOf(service, request));
  let caller: { actor: Actor; capacities: readonly Capacity[] } | undefined;
  if (operation.access) {
    const actor = await callerOf(service, request, trace);
    seen.actor = actor;
    await endure(ports.fault?.(operation, actor));
    ports.limitRate(actor, operation);
    caller = { actor, capacities: ports.admit(actor, operation.access, trace) };
  } else {
    await endure(ports.fault?.(operation, undefined));
  }
  const handlerRequest = await requestOf(
    service,
    request,
    caller ?? ({ capacities: NO_CAPACITIES } as never),
    trace,
    seen,
  );
  return service.handler(handlerRequest);
}

/** The contract holds for replies too: in the lab and in tests a lie becomes a visible failure. */
function checkReply({ operation, settings }: Service, body: unknown): void {
  if (!settings.checkReplies || !operation.response) return;
  const result = operation.response.safeParse(body);
  if (!result.success) {
    throw new Error(`the reply of ${operation.id} breaks its contract: ${result.error.message}`, {
      cause: body,
    });
  }
}

function send(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  result: unknown,
  seen: Seen,
): FastifyReply {
  if (result instanceof RawReply) {
    if (typeof result.body === 'string') seen.responseBody = result.body;
    return reply.code(result.status).headers(result.headers).send(result.body);
  }
  if (result instanceof JsonReply) void reply.headers(result.headers);
  if (service.operation.replies === 'empty') return reply.code(204).send();
  let body = result instanceof JsonReply ? result.body : result;
  if (result instanceof Page) {
    body = { [result.key]: result.items, ...result.extra };
    if (result.next) {
      const path = request.url.split('?')[0]!;
      reply.header('Link', nextLink(baseUrlOf(service, request), path, searchOf(request), result.next));
    }
  }
  checkReply(service, body);
  seen.responseBody = body;
  const status = result instanceof JsonReply ? result.status : 200;
  return reply.code(status).header('Content-Type', JSON_TYPE).send(JSON.stringify(body));
}

function conversationOf(request: FastifyRequest, reply: FastifyReply, seen: Seen): Conversation {
  const { requestBody, responseBody } = seen;
  return {
    requestHeaders: request.headers,
    ...(requestBody !== undefined && { requestBody }),
    responseHeaders: reply.getHeaders(),
    ...(responseBody !== undefined && { responseBody }),
  };
}

/** An unread upload would keep the connection busy; it is let run out, within the server's own time limits. */
function discardBody(request: FastifyRequest): void {
  if (!request.raw.readableEnded) request.raw.resume();
}

/** Serves one request: caller, admission, input, handler, reply; whatever is thrown becomes the wire form. */
export async function serve(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { ports, operation } = service;
  const started = ports.monotonicMs();
  const trace: Trace = { trackingId: trackingIdOf(request, ports), steps: [] };
  const seen: Seen = {};
  reply.header('TrackingID', trace.trackingId).header('Cache-Control', 'no-cache');
  reply.headers(deprecationHeaders(operation.deprecated));
  try {
    return send(service, request, reply, await answer(service, request, trace, seen), seen);
  } catch (thrown) {
    const error = asApiError(thrown);
    if (error.status >= 500 && error.cause)
      ports.log.error({ err: error.cause, trackingId: trace.trackingId, operation: operation.id });
    trace.cause = error.code;
    discardBody(request);
    const wire = writeError(error, trace.trackingId, service.settings.supportContact);
    if (operation.plane === 'oauth') Object.assign(wire.body, oauthFieldsOf(error));
    seen.responseBody = wire.body;
    return reply
      .code(wire.status)
      .headers({ ...wire.headers, 'Content-Type': JSON_TYPE })
      .send(JSON.stringify(wire.body));
  } finally {
    ports.finished({
      trace,
      operation,
      method: request.method,
      path: request.url,
      status: reply.statusCode,
      durationMs: ports.monotonicMs() - started,
      ...(seen.actor && { actor: seen.actor }),
      conversation: conversationOf(request, reply, seen),
    });
  }
}
