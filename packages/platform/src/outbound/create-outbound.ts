import { Readable } from 'node:stream';
import { Agent } from 'undici';
import { type AddressRules, createAddressRules } from './address-rules.ts';
import { Exchange, type ExchangeSink } from './exchange.ts';
import { createGuardedLookup } from './guarded-lookup.ts';
import { createNodeClient, type Dispatch } from './node-client.ts';
import {
  OutboundError,
  type OutboundExchange,
  type OutboundHead,
  type OutboundPolicy,
  type OutboundRequest,
  type OutboundResponse,
} from './outbound-types.ts';
import { checkTarget, type TargetCheck } from './target-url.ts';

/** The one way out for requests that we make for users. */
export type Outbound = {
  /** Judges the form of a URL without asking the network; `reason` can stand in an error text. */
  check(url: string): { ok: true } | { ok: false; reason: string };
  /** @throws OutboundError; an answer of any status is no error, save redirects of files and avatars */
  request(request: OutboundRequest): Promise<OutboundResponse>;
  /**
   * Resolves with the head; cap and deadline hold until the body has been read to its end, so that a
   * slow reader uses up `timeoutMs` too. Destroy the body to give up.
   * @throws OutboundError; later failures come as that error on the body
   */
  stream(request: OutboundRequest): Promise<OutboundHead & { body: Readable }>;
  /** Refuses new requests, waits for those in flight and closes all connections. */
  close(): Promise<void>;
};

type Recorder = (exchange: OutboundExchange) => void;
type Open = (request: OutboundRequest, sink: ExchangeSink) => Exchange | undefined;

/** Connections kept per origin; more requests than this wait in line. */
const CONNECTIONS_PER_ORIGIN = 64;

function createAgent(lookup: ReturnType<typeof createGuardedLookup>): Agent {
  // The exchange has one deadline for everything, so the agent's own two are off.
  return new Agent({
    connections: CONNECTIONS_PER_ORIGIN,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { lookup },
  });
}

const NOTHING = Buffer.alloc(0);

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 0 ? NOTHING : Buffer.concat(chunks);
}

function fetchWhole(open: Open, request: OutboundRequest, record?: Recorder): Promise<OutboundResponse> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let head: OutboundHead = { status: 0, headers: {} };
    open(request, {
      head: (received) => {
        head = received;
      },
      data: (chunk) => chunks.push(chunk) > 0,
      end: () => {
        const body = chunks.length === 1 ? chunks[0]! : joined(chunks);
        const durationMs = performance.now() - startedAt;
        record?.({ request, durationMs, head, body });
        const { status, headers } = head;
        resolve({ status, headers, body, durationMs });
      },
      fail: (error) => {
        record?.({ request, durationMs: performance.now() - startedAt, error });
        reject(error);
      },
    });
  });
}

function fetchStream(
  open: Open,
  request: OutboundRequest,
  record?: Recorder,
): Promise<OutboundHead & { body: Readable }> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    let head: OutboundHead | undefined;
    const ended = (error?: OutboundError) => {
      const durationMs = performance.now() - startedAt;
      record?.({ request, durationMs, ...(head && { head }), ...(error && { error }) });
    };
    const body = new Readable({
      read: () => exchange?.resume(),
      destroy: (error, done) => {
        exchange?.fail(new OutboundError('connection_failed', 'the reader gave up', error));
        done(error);
      },
    });
    // A body that fails before its reader listens must not end the process; the reader still learns.
    body.on('error', () => undefined);
    const exchange = open(request, {
      head: (received) => {
        head = received;
        resolve({ ...received, body });
      },
      data: (chunk) => body.push(chunk),
      end: () => {
        ended();
        body.push(null);
      },
      fail: (error) => {
        ended(error);
        if (head) body.destroy(error);
        else reject(error);
      },
    });
  });
}

/** URLs kept that may be tried: neither their form nor the rules change, and a target gets request after request. */
const KEPT_CHECKS = 1024;

/** Checks URLs against rules, each once while it is in use. Names are judged anew at each connection. */
function createTargetCheck(rules: AddressRules): (url: string) => TargetCheck {
  const known = new Map<string, TargetCheck>();
  return (url) => {
    const kept = known.get(url);
    if (kept) return kept;
    const check = checkTarget(url, rules);
    if (known.size >= KEPT_CHECKS) known.clear();
    if (check.ok) known.set(url, check);
    return check;
  };
}

/**
 * Makes the guard for one world. Redirects are never followed: a webhook gets the 3xx as its answer, a
 * file or avatar fails with `redirect` (decided).
 * @param record gets each exchange once when it ends; must not throw
 * @throws RangeError naming the entry of `allowHosts` that cannot be read
 */
export function createOutbound(policy: OutboundPolicy, record?: Recorder): Outbound {
  const rules = createAddressRules(policy);
  const lookup = createGuardedLookup(rules);
  const agent = createAgent(lookup);
  const slowly = createNodeClient(lookup);
  const check = createTargetCheck(rules);
  const openBy =
    (send: (dispatch: Dispatch, exchange: Exchange) => void): Open =>
    (request, sink) => {
      const target = check(request.url);
      if (!target.ok) {
        sink.fail(new OutboundError(target.code, target.reason));
        return undefined;
      }
      const exchange = new Exchange(request, sink);
      const { origin, path } = target;
      const { method, headers = {}, body } = request;
      send({ origin, path, method, headers, ...(body !== undefined && { body }) }, exchange);
      return exchange;
    };
  const openWhole = openBy((dispatch, exchange) => agent.dispatch(dispatch, exchange));
  return {
    check: (url) => {
      const target = check(url);
      return target.ok ? { ok: true } : { ok: false, reason: target.reason };
    },
    request: (request) => fetchWhole(openWhole, request, record),
    stream: (request) => fetchStream(openBy(slowly.dispatch), request, record),
    async close() {
      await Promise.all([agent.close(), slowly.close()]);
    },
  };
}
