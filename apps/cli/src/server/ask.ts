import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';

/** A request as it goes out; the body with its length. */
export type Asked = {
  method: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
  timeoutMs: number;
};

/**
 * Asks by Node's own client: a larger one is compiled for the first request, and would keep a command from its end.
 * The answer is to be read, or dropped by `resume()`.
 * @throws Error of the network, also after `timeoutMs` without a word
 */
export async function ask(
  url: string,
  { method, headers = {}, body, timeoutMs }: Asked,
): Promise<IncomingMessage> {
  const open = url.startsWith('https:') ? (await import('node:https')).request : request;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = { method, headers: { ...headers, ...length }, timeout: timeoutMs };
    // On a connection that is kept, a request can meet the close of the other side.
    const asked = open(url, { ...sent, agent: false }, resolve);
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${timeoutMs / 1000} seconds`)));
    asked.on('error', reject);
    asked.end(body);
  });
}
