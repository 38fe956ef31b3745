import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy for everything off this machine: it notes what is asked for, and lets nothing out. */
export type Outside = { port: number; calls: string[]; close(): Promise<void> };

/** Starts it on a free port of the loopback address. */
export async function startOutside(): Promise<Outside> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    response.writeHead(403).end();
  });
  server.on('connect', (request, socket) => {
    calls.push(`CONNECT ${request.url}`);
    socket.on('error', () => {});
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
