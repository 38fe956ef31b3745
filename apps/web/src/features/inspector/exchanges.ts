import { labPages } from '@moothall/lab/contracts';
import { useEffect, useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { PageError } from '../../data/page-error.ts';
import { useClient } from '../../data/use-operation.ts';

/** A finished request as the list shows it. */
export type Exchange = ReplyOf<typeof labPages.listExchanges>['items'][number];

/** What has been read of the log so far: newest first. */
export type Log = { items: readonly Exchange[]; error?: PageError; isRead: boolean };

const KEPT = 2000;
const WAIT_S = 5;
/** Under load new requests come in a bunch now and then, not one by one. */
const PAUSE_MS = 150;
const AFTER_ERROR_MS = 2000;

/**
 * The requests of the lab as they finish, the last 2000.
 * @param paused they are read once, and no more come
 */
export function useExchanges(paused: boolean): Log {
  const client = useClient();
  const [log, setLog] = useState<Log>({ items: [], isRead: false });
  useEffect(() => {
    const stop = new AbortController();
    const read = async (after: number, waitSeconds: number) => {
      const query = { after, max: KEPT, waitSeconds };
      const { items } = await client.call(labPages.listExchanges, { query }, { signal: stop.signal });
      return [...items].reverse();
    };
    void follow(read, paused, setLog, stop.signal);
    return () => stop.abort();
  }, [client, paused]);
  return log;
}

type Read = (after: number, waitSeconds: number) => Promise<Exchange[]>;

async function follow(read: Read, once: boolean, tell: (log: Log) => void, signal: AbortSignal) {
  let items: Exchange[] = [];
  let isFirst = true;
  while (!signal.aborted) {
    try {
      const news = await read(items[0]?.seq ?? 0, isFirst ? 0 : WAIT_S);
      if (news.length > 0 || isFirst) {
        items = [...news, ...items].slice(0, KEPT);
        tell({ items, isRead: true });
      }
      isFirst = false;
      if (once) return;
      await sleep(PAUSE_MS);
    } catch (error) {
      if (signal.aborted) return;
      // The server may have started anew, and counts from one again.
      items = [];
      tell({ items, error: PageError.from(error), isRead: true });
      isFirst = true;
      await sleep(AFTER_ERROR_MS);
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
