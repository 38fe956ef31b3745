import type { PlatformHooks } from '@moothall/platform';

/** A reply as tests look at it. */
export type ApiReply<Body = Record<string, unknown>> = {
  status: number;
  headers: Headers;
  /** Parsed JSON; undefined for an empty or other body. */
  body: Body;
  text: string;
};

/** A reply that a client got. */
export type SeenReply = { method: string; path: string; reply: ApiReply<unknown> };

/** An exchange as the server of a test platform tells of it: its operation, status and true cause. */
export type SeenExchange = Parameters<NonNullable<PlatformHooks['finished']>>[0];

type Listeners<Seen> = Set<(seen: Seen) => void>;

const replyListeners: Listeners<SeenReply> = new Set();
const exchangeListeners: Listeners<SeenExchange> = new Set();

function join<Seen>(listeners: Listeners<Seen>, listener: (seen: Seen) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Shows each reply that a client of this process gets to a listener, until the answer is called. */
export function onReply(listener: (seen: SeenReply) => void): () => void {
  return join(replyListeners, listener);
}

/** Shows each exchange of this process' test platforms to a listener, until the answer is called. */
export function onExchange(listener: (seen: SeenExchange) => void): () => void {
  return join(exchangeListeners, listener);
}

/** Tells the listeners of a reply. */
export function showReply(seen: SeenReply): void {
  for (const listener of replyListeners) listener(seen);
}

/** Tells the listeners of an exchange. */
export function showExchange(seen: SeenExchange): void {
  for (const listener of exchangeListeners) listener(seen);
}
