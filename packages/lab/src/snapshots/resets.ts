import type { DatabaseCopy } from './copy-note.ts';
import type { CopyReplacement, Replaceable } from './copy-replacement.ts';
import { replaceWorld } from './replace-world.ts';
import { createSpareCopy } from './spare-copy.ts';

/** Goes back to the base of a world: by rows that are kept beside it where that is faster, else by a copy of the base. */
export interface Resets {
  /** Names the copy of the base. @param isBase whether the world is as its base, and nobody writes yet */
  begin(copy: DatabaseCopy, isBase: boolean): Promise<void>;
  /** Makes, behind the reply, what the next reset needs: a copy for when no rows are kept or they cannot be put back. */
  prepareNext(): Promise<void>;
  /** @returns the new epoch @throws ApiError `lab.snapshot_not_found` without a base */
  reset(): Promise<number>;
  stop(): Promise<void>;
}

/** What has just ended, a start or a command that has reset, needs the machine for so long. */
const PAUSE_MS = { afterStart: 150, afterReset: 80 };
/** Where rows are kept, a copy is for when they cannot be put back, and waits until nobody has reset for a while. */
const PAUSE_BEFORE_COPY_MS = { withRows: 10_000, withoutRows: 150 };

/** No base yet. */
export function createResets(world: Replaceable, replacement: CopyReplacement): Resets {
  const { platform, gate, copies, kept } = world;
  const { store, log } = platform.world;
  const spare = createSpareCopy(copies);
  let base = '';

  async function prepareNext(): Promise<void> {
    const hasRows = await kept.has(base);
    await spare.makeNext(PAUSE_BEFORE_COPY_MS[hasRows ? 'withRows' : 'withoutRows']);
  }

  /** @returns undefined, and nothing has changed, where rows cannot be put back */
  async function byRows(): Promise<number | undefined> {
    if (!(await kept.isReady(base))) return undefined;
    const putBack = (epoch: number) => store.pool.whileUnused(() => kept.putBack(epoch));
    try {
      const epoch = await replaceWorld({ platform, gate }, putBack);
      void prepareNext();
      return epoch;
    } catch (error) {
      log.warn({ err: error }, 'rows could not be put back: a copy of the base takes the place of the world');
      return undefined;
    }
  }

  async function byCopy(): Promise<number> {
    const epoch = await replacement.by(spare.take, () => kept.keep(base, PAUSE_MS.afterReset));
    replacement.tidyAfter(prepareNext());
    return epoch;
  }

  return {
    async begin(copy, isBase) {
      spare.setBase(copy);
      base = copy.id ?? copy.savedAt;
      if (isBase) await kept.keep(base, PAUSE_MS.afterStart);
      void prepareNext();
    },
    prepareNext,
    reset: async () => (await byRows()) ?? byCopy(),
    stop: () => spare.stop(),
  };
}
