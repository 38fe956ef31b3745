import type { Dispatcher } from 'undici';
import { OutboundError, type OutboundHead, type OutboundRequest } from './outbound-types.ts';

/** What an exchange asks of the client that carries it. */
type Controller = Pick<Dispatcher.DispatchController, 'abort' | 'pause' | 'resume'>;
type RawHeaders = Record<string, string | string[] | undefined>;

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** Where an exchange puts what it receives. `fail` and `end` come once, and never both. */
export type ExchangeSink = {
  head(head: OutboundHead): void;
  /** @returns false to pause the sender until `resume` */
  data(chunk: Buffer): boolean;
  end(): void;
  fail(error: OutboundError): void;
};

/** Most answers have nothing to flatten; making thousands of objects with names of their own costs. */
function flatten(raw: RawHeaders): Record<string, string> {
  for (const name in raw) if (typeof raw[name] !== 'string') return flattened(raw);
  return raw as Record<string, string>;
}

function flattened(raw: RawHeaders): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in raw) {
    const value = raw[name];
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function toOutboundError(error: Error & { code?: unknown }): OutboundError {
  if (error instanceof OutboundError) return error;
  if (error.code === 'UND_ERR_HEADERS_OVERFLOW' || error.code === 'HPE_HEADER_OVERFLOW') {
    return new OutboundError('too_large', 'headers of the answer are too large', error);
  }
  if (error.code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new OutboundError('timeout', 'no connection in time', error);
  }
  const code = typeof error.code === 'string' ? error.code : error.name;
  return new OutboundError('connection_failed', `connection failed (${code})`, error);
}

/** One request in flight: holds its deadline, its byte cap and its redirect rule. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: OutboundRequest;
  readonly #sink: ExchangeSink;
  readonly #timer: NodeJS.Timeout;
  #controller: Controller | undefined;
  #failure: OutboundError | undefined;
  #done = false;
  #receivedBytes = 0;

  /** Starts the deadline; give the exchange to a dispatcher right away. */
  constructor(request: OutboundRequest, sink: ExchangeSink) {
    this.#request = request;
    this.#sink = sink;
    this.#timer = setTimeout(() => {
      this.fail(new OutboundError('timeout', `no complete answer within ${request.timeoutMs} ms`));
    }, request.timeoutMs);
  }

  /** Ends the exchange and its connection; does nothing after the end. */
  fail(error: OutboundError): void {
    if (this.#done) return;
    this.#finish();
    this.#failure = error;
    this.#controller?.abort(error);
    this.#sink.fail(error);
  }

  /** Lets a paused sender go on. */
  resume(): void {
    this.#controller?.resume();
  }

  /** Called by the dispatcher when the request goes on its socket. */
  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#failure) controller.abort(this.#failure);
  }

  /** Called by the dispatcher for the final and for each informational head. */
  onResponseStart(_controller: unknown, status: number, raw: RawHeaders): void {
    if (this.#done || status < 200) return;
    const headers = flatten(raw);
    const refusal = this.#refusal(status, headers);
    if (refusal) this.fail(refusal);
    else this.#sink.head({ status, headers });
  }

  /** Called by the dispatcher for each part of the body. */
  onResponseData(controller: Pick<Controller, 'pause'>, chunk: Buffer): void {
    if (this.#done) return;
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes > this.#request.maxResponseBytes) this.fail(this.#tooLarge());
    else if (!this.#sink.data(chunk)) controller.pause();
  }

  /** Called by the dispatcher after the last part. */
  onResponseEnd(): void {
    if (this.#done) return;
    this.#finish();
    this.#sink.end();
  }

  /** Called by the dispatcher when name, connection or protocol fails. */
  onResponseError(_controller: unknown, error: Error): void {
    this.fail(toOutboundError(error));
  }

  #refusal(status: number, headers: Record<string, string>): OutboundError | undefined {
    const { kind, method, maxResponseBytes } = this.#request;
    if (kind !== 'webhook' && redirectStatuses.has(status)) {
      return new OutboundError('redirect', `answered ${status}; give the URL it leads to`);
    }
    const declaredBytes = method === 'HEAD' ? 0 : Number(headers['content-length'] ?? 0);
    return declaredBytes > maxResponseBytes ? this.#tooLarge() : undefined;
  }

  #tooLarge(): OutboundError {
    return new OutboundError('too_large', `answer exceeds ${this.#request.maxResponseBytes} bytes`);
  }

  #finish(): void {
    this.#done = true;
    clearTimeout(this.#timer);
  }
}
