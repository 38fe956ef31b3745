import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Exchange } from './exchange.ts';
import type { OutboundRequest } from './outbound-types.ts';

/** A request as a client sends it: the target is checked already. */
export type Dispatch = Pick<OutboundRequest, 'method' | 'headers' | 'body'> & {
  origin: string;
  path: string;
};

/** A client that gives each exchange a connection of its own. */
export interface NodeClient {
  dispatch(dispatch: Dispatch, exchange: Exchange): void;
  /** Refuses what comes from now on, and waits for what is in flight. */
  close(): Promise<void>;
}

const closedEarly = () => new Error('the other side closed the connection');

/** Passes an answer on; `onClosed` is called once nothing more can come of it. */
function receive(response: IncomingMessage, exchange: Exchange, onClosed: () => void): void {
  exchange.onResponseStart(response, response.statusCode!, response.headers);
  response.on('data', (chunk: Buffer) => exchange.onResponseData(response, chunk));
  response.on('end', () => exchange.onResponseEnd());
  response.on('error', (error) => exchange.onResponseError(response, error));
  response.on('close', () => {
    exchange.onResponseError(response, closedEarly());
    onClosed();
  });
}

function send(
  { origin, path, method, headers, body }: Dispatch,
  exchange: Exchange,
  { lookup, onClosed }: { lookup: LookupFunction; onClosed: () => void },
): void {
  const ask = origin.startsWith('https:') ? overHttps : overHttp;
  // The path stands by itself: as a part of a URL, one that begins with `//` would name another host.
  const asked = ask(origin, { path, method, lookup, agent: false, ...(headers && { headers }) });
  let response: IncomingMessage | undefined;
  exchange.onRequestStart({
    abort: (error) => void asked.destroy(error),
    pause: () => void response?.pause(),
    resume: () => void response?.resume(),
  });
  asked.on('response', (received) => {
    response = received;
    receive(received, exchange, onClosed);
  });
  asked.on('error', (error) => exchange.onResponseError(asked, error));
  asked.on('close', () => {
    // What has come already may still be read.
    if (response) return;
    exchange.onResponseError(asked, closedEarly());
    onClosed();
  });
  asked.end(body);
}

/**
 * Node's own client, for answers that are read as slowly as they can be stored. The one for all others, which is
 * faster, throws where nobody can catch it when the other side closes a connection while the answer on it is paused
 * (undici 7, its issue 5360).
 */
export function createNodeClient(lookup: LookupFunction): NodeClient {
  let inFlight = 0;
  let isClosed = false;
  let onDrained: () => void = () => {};
  const onClosed = () => {
    inFlight -= 1;
    if (inFlight === 0) onDrained();
  };
  return {
    dispatch(dispatch, exchange) {
      if (isClosed) {
        exchange.onResponseError(undefined, new Error('requests are not sent any more'));
        return;
      }
      inFlight += 1;
      send(dispatch, exchange, { lookup, onClosed });
    },
    close() {
      isClosed = true;
      if (inFlight === 0) return Promise.resolve();
      return new Promise((resolve) => {
        onDrained = resolve;
      });
    },
  };
}
