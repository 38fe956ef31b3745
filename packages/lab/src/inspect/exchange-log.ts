import type { Actor } from '@moothall/contract';
import type { Exchange } from '@moothall/http';
import { mask, maskQuery, type Said } from './mask.ts';

/** A finished exchange as lists show it: no bodies, no query, no tokens. */
export type LoggedExchange = {
  /** Counts up by one; what a reader goes on from. */
  seq: number;
  at: string;
  trackingId: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  operation?: string;
  person?: string;
  cause?: string;
};

/** An exchange with what was said, masked. */
export type ExchangeDetails = LoggedExchange & {
  /** Masked, with its question mark. */
  query: string;
  request: Said;
  response: Said;
};

/** The last exchanges of a world. */
export interface ExchangeLog {
  add(exchange: Exchange, at: Date): void;
  /** Exchanges after a number, oldest first. */
  after(seq: number, max: number): LoggedExchange[];
  /** One with what was said; undefined when it is forgotten. */
  find(seq: number): { details: ExchangeDetails; actor: Actor | undefined } | undefined;
  /** Resolves when there is one after a number, or after `timeoutMs`. */
  waitFor(seq: number, timeoutMs: number): Promise<void>;
}

const KEPT = 2000;
const KEPT_CONVERSATIONS = 500;

/** What was said is masked when somebody looks, so that nobody waits for it. */
type Kept = { logged: LoggedExchange; exchange?: Exchange };

/** Whether a token stands in the path itself. */
function hidesPath({ operation }: Exchange): boolean {
  return operation !== undefined && /token|secret/i.test(operation.path);
}

/** A path without what opens something: a query, or a token that stands in the path itself. */
function shownPath(exchange: Exchange): string {
  return hidesPath(exchange) ? exchange.operation!.fullPath : exchange.path.split('?')[0]!;
}

function loggedOf(exchange: Exchange, seq: number, at: Date): LoggedExchange {
  const { trace, method, status, durationMs, operation, actor } = exchange;
  return {
    seq,
    at: at.toISOString(),
    trackingId: trace.trackingId,
    method,
    path: shownPath(exchange),
    status,
    durationMs: Math.round(durationMs * 10) / 10,
    ...(operation && { operation: operation.id }),
    ...(actor && { person: actor.email }),
    ...(trace.cause !== undefined && { cause: trace.cause }),
  };
}

/** An empty log of 2 000 places; of the last 500 what was said is kept too. */
export function createExchangeLog(): ExchangeLog {
  const kept: Kept[] = [];
  const waiting = new Set<() => void>();
  let seq = 0;
  return {
    add(exchange, at) {
      seq += 1;
      kept.push({ logged: loggedOf(exchange, seq, at), exchange });
      const fading = kept.at(-1 - KEPT_CONVERSATIONS);
      if (fading) delete fading.exchange;
      if (kept.length > KEPT) kept.splice(0, kept.length - KEPT);
      for (const wake of waiting) wake();
    },
    after: (last, max) =>
      kept
        .filter(({ logged }) => logged.seq > last)
        .slice(0, max)
        .map(({ logged }) => logged),
    find(wanted) {
      const { logged, exchange } = kept.find((one) => one.logged.seq === wanted) ?? {};
      if (!logged || !exchange) return undefined;
      const query = hidesPath(exchange) ? '' : maskQuery(exchange.path);
      return { details: { ...logged, query, ...mask(exchange.conversation) }, actor: exchange.actor };
    },
    waitFor(last, timeoutMs) {
      if (seq > last || timeoutMs === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        waiting.add(done);
      });
    },
  };
}
