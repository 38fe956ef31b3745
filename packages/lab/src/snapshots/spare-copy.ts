import { ApiError } from '@moothall/core';
import { labErrors } from '../lab.errors.ts';
import { createPause } from './cancellable-pause.ts';
import type { DatabaseCopy } from './copy-note.ts';
import type { DatabaseCopies } from './database-copies.ts';

/** A copy of the base that is made ahead, so that a reset need not wait for it. */
export interface SpareCopy {
  /** Names the base. */
  setBase(base: DatabaseCopy): void;
  /** The copy, made now when there is none. @throws ApiError `lab.snapshot_not_found` without a base */
  take(): Promise<string>;
  /**
   * Makes the next copy, unless there is one, after a pause, which takes the place of one that is under way: it takes
   * both cores of a small machine. Resolves when it is there or has failed, of which whoever takes it hears, and when
   * the pause is cut short.
   */
  makeNext(pauseMs: number): Promise<void>;
  /** Waits for the copy that is being made, and makes none any more. What was not taken is kept for the next process. */
  stop(): Promise<void>;
}

/** No copy yet. */
export function createSpareCopy(copies: DatabaseCopies): SpareCopy {
  let source: DatabaseCopy | undefined;
  let ready: Promise<string> | undefined;
  let latest: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const pause = createPause();

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

  return {
    setBase(base) {
      source = base;
    },
    async makeNext(pauseMs) {
      pause.cutShort();
      if (!stopped && (await pause.wait(pauseMs))) void begun();
      await latest;
    },
    async take() {
      pause.cutShort();
      const copy = begun();
      ready = undefined;
      return copy;
    },
    async stop() {
      stopped = true;
      pause.cutShort();
      await latest;
    },
  };
}

function ignore(): void {}
