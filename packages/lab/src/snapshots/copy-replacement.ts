import type { Platform } from '@moothall/platform';
import { EPOCH_STATE } from '@moothall/store';
import { writeState } from '../state.ts';
import type { DatabaseCopies } from './database-copies.ts';
import { CopyGone } from './database-server.ts';
import type { KeptRows } from './kept-rows.ts';
import { replaceWorld, withoutConnections } from './replace-world.ts';
import type { WorldGate } from './world-gate.ts';

/** What replaces a world: its platform and gate, and what is kept of it. */
export type Replaceable = { platform: Platform; gate: WorldGate; copies: DatabaseCopies; kept: KeptRows };

/** Puts copies of databases in the world's place. */
export interface CopyReplacement {
  /**
   * Replaces the world by a copy; one that is gone when its turn comes is prepared once more.
   * @param afterOpen what is done next, while nobody writes
   * @returns the new epoch
   */
  by(prepared: () => Promise<string>, afterOpen?: () => Promise<void>): Promise<number>;
  /** Drops what was replaced, behind the reply; a copy that the next reset may wait for is made first. */
  tidyAfter(made: Promise<void>): void;
  /** Waits for the drops. */
  stop(): Promise<void>;
}

/** Nothing was replaced yet. */
export function createCopyReplacement(world: Replaceable): CopyReplacement {
  const { platform, gate, copies, kept } = world;
  const { store, log } = platform.world;
  let tidying: Promise<void> = Promise.resolve();

  async function replace(prepared: string, afterOpen: () => Promise<void>): Promise<number> {
    return replaceWorld({ platform, gate }, async (epoch) => {
      await kept.disconnect();
      await withoutConnections(store, () => copies.swapIn(prepared, epoch));
      await afterOpen();
      await writeState(platform.world, EPOCH_STATE, epoch);
    });
  }

  return {
    async by(prepared, afterOpen = async () => {}) {
      try {
        return await replace(await prepared(), afterOpen);
      } catch (error) {
        if (error instanceof CopyGone) return replace(await prepared(), afterOpen);
        throw error;
      }
    },
    tidyAfter(made) {
      tidying = Promise.all([tidying, made])
        .then(() => copies.removeSwapped())
        .catch((error: unknown) => log.warn({ err: error }, 'not dropped'));
    },
    stop: () => tidying,
  };
}
