import { apiClient } from '@moothall/testkit';

/** A message that the server acknowledged: its id, and its place among those of its lane. */
export type Acknowledged = { id: string; lane: number; place: number };

/** Posts at a steady rate through whatever happens to the server. */
export interface Posting {
  /** What was acknowledged so far. */
  acknowledged: Acknowledged[];
  /** Waits until that many are. */
  reached(count: number): Promise<void>;
  stop(): Promise<void>;
}

const LANES = 8;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Starts to post to a room. Each lane sends one message after the other, so that its order is known; what
 * is not answered was perhaps written and is not sent again.
 * @param perSecond posts of all lanes together
 */
export function startPosting(baseUrl: string, token: string, roomId: string, perSecond: number): Posting {
  const acknowledged: Acknowledged[] = [];
  const api = apiClient(baseUrl, token);
  const everyMs = (LANES * 1000) / perSecond;
  let goesOn = true;
  const run = async (lane: number) => {
    for (let place = 0; goesOn; place++) {
      const dueMs = performance.now() + everyMs;
      const reply = await api.post('/messages', { roomId, text: `${lane}.${place}` }).catch(() => undefined);
      if (reply?.status === 200) acknowledged.push({ id: reply.body.id, lane, place });
      await pause(Math.max(reply ? 0 : 50, dueMs - performance.now()));
    }
  };
  const lanes = Array.from({ length: LANES }, (_one, lane) => run(lane));
  return {
    acknowledged,
    async reached(count) {
      while (acknowledged.length < count) await pause(10);
    },
    async stop() {
      goesOn = false;
      await Promise.all(lanes);
    },
  };
}

/** Ids of every message of a room, over all pages. */
export async function listAll(baseUrl: string, token: string, roomId: string): Promise<Set<string>> {
  const api = apiClient(baseUrl, token);
  const ids = new Set<string>();
  let next: string | undefined = `/v1/messages?roomId=${roomId}&max=500`;
  while (next) {
    const reply = await api.get(next);
    for (const { id } of reply.body.items) ids.add(id);
    const link: string | undefined = /<([^>]+)>; rel="next"/.exec(reply.headers.get('link') ?? '')?.[1];
    next = link && new URL(link).pathname + new URL(link).search;
  }
  return ids;
}
