import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnyBody } from './api-client.ts';

/** A request that a sink got. */
export type SunkRequest = {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  /** The exact bytes, as UTF-8. */
  text: string;
  /** The parsed body. */
  body: AnyBody;
};

/** How a sink answers; absent fields are status 200 and an empty body. */
export type SinkAnswer = {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  delayMs?: number;
};

/** An HTTP server that keeps what it is sent, as the target of a webhook. */
export interface Sink {
  /** Base URL without a slash at the end. */
  url: string;
  requests: SunkRequest[];
  /** Requests to one path, in the order of their arrival. */
  at(path: string): SunkRequest[];
  /** Sets how requests to a path are answered from now on. */
  answer(path: string, answer: SinkAnswer | ((count: number) => SinkAnswer)): void;
  close(): Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): AnyBody {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Starts a sink on a free port of the loopback address. */
export async function startSink(): Promise<Sink> {
  const requests: SunkRequest[] = [];
  const answers = new Map<string, (count: number) => SinkAnswer>();
  const at = (path: string) => requests.filter((request) => request.path === path);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    const path = request.url ?? '/';
    requests.push({ method: request.method ?? '', path, headers: request.headers, text, body: parsed(text) });
    const answer = answers.get(path)?.(at(path).length) ?? {};
    if (answer.delayMs) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
    response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    at,
    answer: (path, answer) => answers.set(path, typeof answer === 'function' ? answer : () => answer),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
