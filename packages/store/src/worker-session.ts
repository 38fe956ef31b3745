import type pg from 'pg';
import type { ReopenablePool } from './pool.ts';

/** Class of the advisory locks by which workers show that they live. */
export const WORKER_LOCK_CLASS = 0x6d74;

/** The connection whose life is the life of a process's workers: what they lease is theirs as long as it stands. */
export interface WorkerSession {
  /** Number under which lanes are leased now; a session that broke is replaced under a new number. */
  number(): Promise<number>;
  /** Ends the use of one worker; the last one closes the connection. */
  leave(): Promise<void>;
}

type Open = { number: number; close(): void };

const TAKE_NUMBER = `
  with number as (select nextval('worker_number')::int as worker)
  select worker, pg_advisory_lock(${WORKER_LOCK_CLASS}, worker) from number`;

function closeOnce(client: pg.PoolClient): () => void {
  let open = true;
  return () => {
    if (open) client.release(true);
    open = false;
  };
}

/** Makes the sessions of one store: all workers of the process share one connection. */
export function createWorkerSessions(pool: ReopenablePool): { join(): WorkerSession } {
  let current: Promise<Open> | undefined;
  let users = 0;

  async function open(): Promise<Open> {
    const client = await pool.connect();
    const close = closeOnce(client);
    client.on('error', () => {
      current = undefined;
      close();
    });
    try {
      const { rows } = await client.query<{ worker: number }>(TAKE_NUMBER);
      return { number: rows[0]!.worker, close };
    } catch (error) {
      current = undefined;
      close();
      throw error;
    }
  }

  return {
    join() {
      users += 1;
      return {
        async number() {
          current ??= open();
          return (await current).number;
        },
        async leave() {
          users -= 1;
          if (users > 0 || !current) return;
          const last = current;
          current = undefined;
          (await last).close();
        },
      };
    },
  };
}
