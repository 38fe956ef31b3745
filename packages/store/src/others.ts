import type { ReopenablePool } from './pool.ts';

/** Channel on which processes that share a database wake each other; a payload is topics, one a line. */
export const WAKE_CHANNEL = 'moot';

/** Passes topics to the other processes, soon and without a promise that they arrive. */
export type Tell = (topics: readonly string[]) => void;

/** The other processes that share the database; a wake-up that is lost costs them a poll interval. */
export interface Others {
  /** Whether a transaction wakes them itself, by NOTIFY. */
  hearNotify(): boolean;
  /** Wakes them after a transaction that called for it. */
  afterTransaction: Tell;
  /** Wakes them after a commit of a single statement. Rejects when PostgreSQL does not take the notice. */
  afterStatement(topics: readonly string[]): Promise<void>;
  /**
   * Tells them by `tell` instead of NOTIFY.
   * @returns the function that ends it
   */
  hearBy(tell: Tell): () => void;
}

/** The others of a store; nobody unless it is shared. */
export function createOthers(pool: ReopenablePool, shared: boolean): Others {
  let by: Tell | undefined;
  return {
    hearNotify: () => shared && !by,
    afterTransaction: (topics) => by?.(topics),
    async afterStatement(topics) {
      if (by) by(topics);
      else if (shared) await pool.query('select pg_notify($1, $2)', [WAKE_CHANNEL, topics.join('\n')]);
    },
    hearBy(tell) {
      by = tell;
      return () => {
        if (by === tell) by = undefined;
      };
    },
  };
}
