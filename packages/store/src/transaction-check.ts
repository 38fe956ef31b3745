import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Finds reads past an open transaction. Code that holds row locks and asks the pool for a second connection
 * stands still with all others that do, as soon as each connection waits for such a lock.
 */
export interface TransactionCheck {
  /** Runs what a transaction does. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * To be called by whatever takes, or may have to take, a connection of its own.
   * @throws Error when the caller runs within a transaction that is still open
   */
  assertOutside(): void;
}

/** Creates a check for one store. It follows asynchronous contexts, which costs time: for tests only. */
export function createTransactionCheck(): TransactionCheck {
  const transactions = new AsyncLocalStorage<{ open: boolean }>();
  return {
    run: (work) => {
      const transaction = { open: true };
      return transactions.run(transaction, async () => {
        try {
          return await work();
        } finally {
          transaction.open = false;
        }
      });
    },
    assertOutside() {
      if (!transactions.getStore()?.open) return;
      throw new Error(
        'A transaction is open, and a second connection is asked for: read through tx.db, or before the transaction.',
      );
    },
  };
}
