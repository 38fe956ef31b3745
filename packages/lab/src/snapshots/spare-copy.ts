import { ApiError } from '@moothall/core';
import { labErrors } from '../lab.errors.ts';
import type { DatabaseCopies } from './database-copies.ts';

/** A copy of the base that is made ahead, so that a reset need not wait for it. */
export interface SpareCopy {
  /** Makes a copy when the server has had time for its start; of the base named last unless said. */
  makeSoon(base?: string): void;
  /** The copy, made now when there is none. @throws ApiError `lab.snapshot_not_found` without a base */
  take(): Promise<string>;
  /** Drops what was not taken. */
  stop(): Promise<void>;
}

const DELAY_MS = 300;

/** No copy yet. */
export function createSpareCopy(copies: DatabaseCopies): SpareCopy {
  let source: string | undefined;
  let making: Promise<string> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function make(): Promise<string> {
    clearTimeout(timer);
    if (source === undefined) {
      const parameters = { name: 'base', hint: 'restart the server to keep one' };
      throw new ApiError(labErrors['lab.snapshot_not_found'], { parameters });
    }
    return copies.prepareSwap(source);
  }

  return {
    makeSoon(base = source) {
      source = base;
      timer = setTimeout(() => {
        making ??= make();
        // Whoever takes it hears of the failure.
        making.catch(() => {});
      }, DELAY_MS);
      timer.unref();
    },
    async take() {
      clearTimeout(timer);
      const copy = making ?? make();
      making = undefined;
      return copy;
    },
    async stop() {
      clearTimeout(timer);
      const copy = await making?.catch(() => undefined);
      if (copy !== undefined) await copies.drop(copy);
    },
  };
}
