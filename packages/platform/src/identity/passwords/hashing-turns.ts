import { ApiError } from '@moothall/core';
import { passwordErrors } from './passwords.errors.ts';

const BUSY_RETRY_S = 3;

/** What one process may hash at once, and how much may wait for that. */
export type HashingBounds = { atOnce: number; waiting: number };

// The threads and the memory that hashing takes are the process's, however many worlds it runs.
let running = 0;
const queue: (() => void)[] = [];

/**
 * Waits for a turn and runs a hash in it.
 * @throws ApiError 503 `sign_in.busy` when too many wait already
 */
export async function inTurn<T>({ atOnce, waiting }: HashingBounds, work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (queue.length >= waiting)
      throw new ApiError(passwordErrors['sign_in.busy'], { retryAfterSeconds: BUSY_RETRY_S });
    // Whoever ends hands the turn on, so that the count stays as it is.
    await new Promise<void>((resolve) => queue.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}
