import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer, type Server as SecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { refuseUnreadable } from './unreadable-request.ts';

/** A certificate with its key, both in PEM. */
export type Certificate = { cert: string; key: string };

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** Who does not speak TLS cannot be told anything, so that the connection just ends. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (/^(HPE_|ERR_HTTP_)/.test(error.code ?? '')) refuseUnreadable(error, socket);
  else socket.destroy();
}

/**
 * Makes a server over TLS which answers as another one does, within the same time limits.
 * @throws Error when the certificate is none or has another key
 */
export function createSecureServer(
  certificate: Certificate,
  plain: Server,
  answer: RequestListener,
): SecureServer {
  const { requestTimeout, headersTimeout, keepAliveTimeout } = plain;
  const server = createServer(
    {
      ...certificate,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      requestTimeout,
      headersTimeout,
      keepAliveTimeout,
    },
    answer,
  );
  return server.on('clientError', refuse);
}

/** Listens. @returns the address, with the real port for port 0 */
export async function listenOn(
  server: SecureServer,
  host: string,
  port: number,
): Promise<{ host: string; port: number }> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { host: address.address, port: address.port };
}

/** Ends a server: it takes no more connections, and resolves when the last one is over. */
export async function closed(server: SecureServer): Promise<void> {
  if (!server.listening) return;
  const over = once(server, 'close');
  server.close();
  await over;
}
