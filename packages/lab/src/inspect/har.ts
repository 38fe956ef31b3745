import type { ExchangeDetails } from './exchange-log.ts';
import type { Said } from './mask.ts';

type Field = { name: string; value: string };

function fieldsOf(headers: Record<string, string>): Field[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function typeOf({ headers }: Said): string {
  return headers['content-type'] ?? 'application/octet-stream';
}

function requestOf(exchange: ExchangeDetails, baseUrl: string) {
  const { method, path, query, request } = exchange;
  return {
    method,
    url: `${baseUrl}${path}${query}`,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: fieldsOf(request.headers),
    queryString: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })),
    ...(request.body !== undefined && { postData: { mimeType: typeOf(request), text: request.body } }),
    headersSize: -1,
    bodySize: -1,
  };
}

function responseOf({ status, response }: ExchangeDetails) {
  const text = response.body;
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: fieldsOf(response.headers),
    content: { size: text?.length ?? 0, mimeType: typeOf(response), ...(text !== undefined && { text }) },
    redirectURL: response.headers.location ?? '',
    headersSize: -1,
    bodySize: -1,
  };
}

/** Exchanges as an HTTP Archive 1.2, which browsers' tools open. Secrets are masked in it. */
export function harOf(exchanges: readonly ExchangeDetails[], baseUrl: string, version: string) {
  const entries = exchanges.map((exchange) => ({
    startedDateTime: exchange.at,
    time: exchange.durationMs,
    request: requestOf(exchange, baseUrl),
    response: responseOf(exchange),
    cache: {},
    timings: { send: 0, wait: exchange.durationMs, receive: 0 },
    comment: exchange.trackingId,
  }));
  return { log: { version: '1.2', creator: { name: 'Moothall', version }, entries } };
}
