import { ApiError } from '@moothall/core';
import { labErrors } from '../lab.errors.ts';
import type { DatabaseCopy } from './copy-note.ts';
import type { DatabaseCopies } from './database-copies.ts';

/** A copy of the base that is made ahead, so that a reset need not wait for it. */
export interface SpareCopy {
  /** Names the base, and makes a copy of it when the server has had time for its start. */
  begin(base: DatabaseCopy): void;
  /** The copy, made now when there is none. @throws ApiError `lab.snapshot_not_found` without a base */
  take(): Promise<string>;
  /** Makes the next copy. Resolves when it is there or has failed, of which whoever takes it hears. */
  makeNext(): Promise<void>;
  /** Waits for the copy that is being made. What was not taken is kept for the next process. */
  stop(): Promise<void>;
}

const DELAY_MS = 300;

/** No copy yet. */
export function createSpareCopy(copies: DatabaseCopies): SpareCopy {
  let source: DatabaseCopy | undefined;
  let making: Promise<string> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function make(): Promise<string> {
    if (source) return copies.prepareSwap(source);
    const parameters = { name: 'base', hint: 'restart the server to keep one' };
    throw new ApiError(labErrors['lab.snapshot_not_found'], { parameters });
  }

  function settled(): Promise<void> {
    return making?.then(ignore, ignore) ?? Promise.resolve();
  }

  function makeNext(): Promise<void> {
    clearTimeout(timer);
    making ??= make();
    return settled();
  }

  return {
    begin(base) {
      source = base;
      timer = setTimeout(() => void makeNext(), DELAY_MS);
      timer.unref();
    },
    makeNext,
    async take() {
      void makeNext();
      const copy = making!;
      making = undefined;
      return copy;
    },
    stop() {
      clearTimeout(timer);
      return settled();
    },
  };
}

function ignore(): void {}
