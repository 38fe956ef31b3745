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
  /**
   * Makes the next copy when whoever took the last one has had time to end. Resolves when it is there or has
   * failed, of which whoever takes it hears.
   */
  makeNext(): Promise<void>;
  /** Waits for the copy that is being made. What was not taken is kept for the next process. */
  stop(): Promise<void>;
}

const START_MS = 300;
/** The copy takes both cores of a small machine, which a command that has just reset needs for its end. */
const ANSWER_MS = 80;

/** No copy yet. */
export function createSpareCopy(copies: DatabaseCopies): SpareCopy {
  let source: DatabaseCopy | undefined;
  let ready: Promise<string> | undefined;
  let latest: Promise<unknown> = Promise.resolve();
  let cancelPause: () => void = ignore;

  async function make(): Promise<string> {
    if (source) return copies.prepareSwap(source);
    const parameters = { name: 'base', hint: 'restart the server to keep one' };
    throw new ApiError(labErrors['lab.snapshot_not_found'], { parameters });
  }

  function begun(): Promise<string> {
    if (!ready) {
      ready = make();
      latest = ready.catch(ignore);
    }
    return ready;
  }

  /** Whether it came to its end. */
  function pause(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), ms);
      timer.unref();
      cancelPause = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }

  async function makeAfter(ms: number): Promise<void> {
    if (await pause(ms)) void begun();
    await latest;
  }

  return {
    begin(base) {
      source = base;
      void makeAfter(START_MS);
    },
    makeNext: () => makeAfter(ANSWER_MS),
    async take() {
      cancelPause();
      const copy = begun();
      ready = undefined;
      return copy;
    },
    async stop() {
      cancelPause();
      await latest;
    },
  };
}

function ignore(): void {}
