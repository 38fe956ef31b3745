import type { Exchange } from '@moothall/http';

/** A finished exchange as the inspector shows it: no bodies, no query, no tokens. */
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

/** The last exchanges of a world. */
export interface ExchangeLog {
  add(exchange: Exchange, at: Date): void;
  /** Exchanges after a number, oldest first. */
  after(seq: number, max: number): LoggedExchange[];
  /** Resolves when there is one after a number, or after `timeoutMs`. */
  waitFor(seq: number, timeoutMs: number): Promise<void>;
}

const KEPT = 2000;

/** A path without what opens something: a query, or a token that stands in the path itself. */
function shownPath({ operation, path }: Exchange): string {
  return operation && /token|secret/i.test(operation.path) ? operation.fullPath : path.split('?')[0]!;
}

/** An empty log of 2 000 places. */
export function createExchangeLog(): ExchangeLog {
  const kept: LoggedExchange[] = [];
  const waiting = new Set<() => void>();
  let seq = 0;
  return {
    add(exchange, at) {
      const { trace, method, status, durationMs, operation, actor } = exchange;
      seq += 1;
      kept.push({
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
      });
      if (kept.length > KEPT) kept.splice(0, kept.length - KEPT);
      for (const wake of waiting) wake();
    },
    after: (last, max) => kept.filter((exchange) => exchange.seq > last).slice(0, max),
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
