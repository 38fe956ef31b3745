import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { CliError } from '../cli-error.ts';
import { ask } from '../server/ask.ts';

/** What became of one delivery. */
export type Forwarded = {
  resource: string;
  event: string;
  /** Status of the target; absent when it could not be reached. */
  status?: number;
  error?: string;
  durationMs: number;
};

/** A listener on this machine that passes webhooks on. */
export interface Forwarder {
  /** Address for the webhook. */
  url: string;
  close(): Promise<void>;
}

/** A debugger may hold the target up for minutes. */
const ANSWER_TIMEOUT_MS = 5 * 60_000;
const HOP_BY_HOP = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'expect',
]);

function passedOn(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(
    ([name, value]) => value !== undefined && !HOP_BY_HOP.has(name),
  );
  return Object.fromEntries(kept) as Record<string, string | string[]>;
}

function described(body: Buffer): { resource: string; event: string } {
  try {
    const { resource, event } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    return { resource: String(resource), event: String(event) };
  } catch {
    return { resource: '?', event: '?' };
  }
}

async function forward(
  incoming: IncomingMessage,
  body: Buffer,
  target: string,
): Promise<Omit<Forwarded, 'durationMs'>> {
  const what = described(body);
  try {
    const headers = passedOn(incoming.headers);
    const reply = await ask(target, { method: 'POST', headers, body, timeoutMs: ANSWER_TIMEOUT_MS });
    reply.on('error', () => undefined).resume();
    return { ...what, status: reply.statusCode! };
  } catch (error) {
    return {
      ...what,
      error: (error as Error).message || (error as NodeJS.ErrnoException).code || 'unreachable',
    };
  }
}

/**
 * Opens a listener on a free port of this machine that sends each webhook on, body and headers
 * (also the signature) unchanged, and answers with the target's status; 502 when that is out of reach.
 * @param onForwarded hears of each
 */
export async function openForwarder(
  target: string,
  onForwarded: (result: Forwarded) => void,
): Promise<Forwarder> {
  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedMs = performance.now();
    const result = await forward(incoming, await buffer(incoming), target);
    response.writeHead(result.status ?? 502).end();
    onForwarded({ ...result, durationMs: Math.round(performance.now() - startedMs) });
  }
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new CliError(`Cannot listen on this machine: ${error.message}`)));
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
