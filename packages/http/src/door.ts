import type { IncomingMessage, Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Operation } from '@moothall/contract';
import { ApiError, generalErrors } from '@moothall/core';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { readBody } from './body.ts';
import type { Handler, Mount } from './context.ts';
import { addCors, answerPreflight } from './cors.ts';
import { endWith } from './ending.ts';
import { asApiError, writeError } from './error-writer.ts';
import { allowedMethods, type PathTable } from './paths.ts';
import type { HttpPorts, HttpSettings } from './ports.ts';
import { type Certificate, closed, createSecureServer, listenOn } from './secure-listener.ts';
import { serve } from './serve.ts';
import { serveWebsite } from './site/serve-website.ts';
import type { Website } from './site/website.ts';
import { trackingIdOf } from './tracking.ts';
import { refuseUnreadable } from './unreadable-request.ts';

/**
 * Takes a request to change the protocol, or leaves it to the next.
 * @param head what came after the request's headers
 * @returns whether it was taken
 */
export type TakeUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

const NO_UPGRADE = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** The HTTP door of a platform. */
export interface HttpDoor {
  mount: Mount;
  /** Serves web pages beside the operations. @throws Error when they were not built */
  serveWebsite(website: Website): void;
  /**
   * Gives requests to change the protocol, such as to WebSocket, to whoever takes them; who takes one answers it
   * and ends its socket. One that nobody takes is answered 404.
   */
  onUpgrade(take: TakeUpgrade): void;
  /** Operations mounted so far. */
  operations(): readonly Operation[];
  /** Does what listening needs and nothing else waits for; nothing is mounted after it. */
  prepare(): Promise<void>;
  /** Listens; the real port is in the answer, for port 0. */
  listen(host: string, port: number): Promise<{ host: string; port: number }>;
  /** Listens over TLS as well, on a port of its own, with the same answers and protocols; `close` ends it too. */
  listenSecurely(
    host: string,
    port: number,
    certificate: Certificate,
  ): Promise<{ host: string; port: number }>;
  /** Ends: new connections are refused, requests in hand finish; after 3 s their connections are cut. */
  close(): Promise<void>;
}

function openFastify(settings: HttpSettings, ports: HttpPorts): FastifyInstance {
  return Fastify({
    ...(settings.tls && { https: { ...settings.tls } }),
    bodyLimit: settings.bodyLimitBytes,
    trustProxy: settings.trustedProxies ? [...settings.trustedProxies] : false,
    routerOptions: {
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      // The router's own refusal is no reply of ours; longer paths fail by the size of the headers.
      maxParamLength: 65_536,
      caseSensitive: true,
    },
    forceCloseConnections: 'idle',
    // What still comes over an open connection is served, and the connection closed with the reply.
    return503OnClosing: false,
    requestTimeout: 120_000,
    exposeHeadRoutes: false,
    logger: false,
    // A path that is no text, such as a lone percent sign: no route and no hook is reached.
    frameworkErrors(error: unknown, request: FastifyRequest, reply: FastifyReply) {
      addCors(request, reply);
      return refuse({ ports, settings }, fromFastify(error), request, reply);
    },
    clientErrorHandler: refuseUnreadable,
  } as never) as unknown as FastifyInstance;
}

function fastifyPath(operation: Operation): string {
  return operation.fullPath.replace(/\{(\w+)\}/g, ':$1');
}

function refuse(
  { ports, settings }: { ports: HttpPorts; settings: HttpSettings },
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const wire = writeError(asApiError(thrown), trackingIdOf(request, ports), settings.supportContact);
  return reply
    .code(wire.status)
    .headers({
      ...wire.headers,
      TrackingID: wire.body.trackingId,
      'Cache-Control': 'no-cache',
      'Content-Type': 'application/json;charset=UTF-8',
    })
    .send(JSON.stringify(wire.body));
}

/** Builds the door; operations are mounted before it listens. */
export function createHttpDoor(settings: HttpSettings, ports: HttpPorts): HttpDoor {
  const app = openFastify(settings, ports);
  const operations: Operation[] = [];
  const paths: PathTable = [];
  const upgrades: TakeUpgrade[] = [];
  let isClosing = false;
  const secure: SecureServer[] = [];
  const answerUpgrades = (server: Server) =>
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      if (!isClosing && upgrades.some((take) => take(request, socket, head))) return;
      socket.end(NO_UPGRADE);
    });
  answerUpgrades(app.server);
  app.removeAllContentTypeParsers();
  // Bodies are read by the handler, which knows its operation; fastify would refuse unknown types too early.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
  app.addHook('onRequest', (request, reply, done) => {
    addCors(request, reply);
    if (settings.secureHeaders) addSecureHeaders(reply);
    const isPreflight = request.method === 'OPTIONS' && allowedMethods(paths, request.url).length > 0;
    if (isPreflight) void answerPreflight(request, reply);
    else done();
  });

  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isClosing) reply.header('Connection', 'close');
    done(null, payload);
  });

  app.setErrorHandler((error, request, reply) =>
    refuse({ ports, settings }, fromFastify(error), request, reply),
  );
  app.setNotFoundHandler((request, reply) => {
    const allowed = allowedMethods(paths, request.url);
    if (allowed.length === 0)
      return refuse({ ports, settings }, new ApiError(generalErrors['resource.not_found']), request, reply);
    reply.header('Allow', allowed.join(', '));
    const parameters = { method: request.method };
    return refuse(
      { ports, settings },
      new ApiError(generalErrors['method.not_supported'], { parameters }),
      request,
      reply,
    );
  });

  return {
    mount<Op extends Operation>(operation: Op, handler: Handler<Op>) {
      operations.push(operation);
      paths.push({ template: operation.fullPath, method: operation.method });
      app.route({
        method: operation.method,
        url: fastifyPath(operation),
        handler: (request, reply) =>
          serve(
            { operation, handler: handler as Handler<Operation>, ports, settings, readBody },
            request,
            reply,
          ),
      });
    },
    serveWebsite: (website) => serveWebsite(app, website),
    onUpgrade: (take) => void upgrades.push(take),
    operations: () => operations,
    async prepare() {
      await app.ready();
    },
    async listen(host, port) {
      await app.listen({ host, port });
      const address = app.server.address();
      if (address === null || typeof address === 'string') throw new Error('the server has no port');
      return { host: address.address, port: address.port };
    },
    async listenSecurely(host, port, certificate) {
      await app.ready();
      const server = createSecureServer(certificate, app.server, app.routing);
      answerUpgrades(server);
      const address = await listenOn(server, host, port);
      secure.push(server);
      return address;
    },
    async close() {
      isClosing = true;
      await endWith([app.server, ...secure], () => Promise.all([app.close(), ...secure.map(closed)]));
    },
  };
}

function addSecureHeaders(reply: FastifyReply): void {
  reply.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  reply.header('X-Content-Type-Options', 'nosniff');
  reply.header('Referrer-Policy', 'no-referrer');
  reply.header('X-Frame-Options', 'DENY');
  reply.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
}

/** Fastify's own refusals, before a handler is reached. */
function fromFastify(error: unknown): unknown {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (error instanceof ApiError || status >= 500) return error;
  if (status === 413)
    return new ApiError(generalErrors['body.too_large'], { parameters: { limitBytes: 'the allowed' } });
  if (status === 415)
    return new ApiError(generalErrors['content_type.not_supported'], {
      parameters: { contentType: 'unreadable' },
    });
  const reason = (error as Error).message;
  return new ApiError(generalErrors['request.invalid'], { parameters: { reason } });
}
