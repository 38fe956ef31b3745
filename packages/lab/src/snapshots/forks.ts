import { ApiError, createWorldClock } from '@moothall/core';
import type { World } from '@moothall/platform';
import { type DatabaseAddress, ReopenablePool } from '@moothall/store';
import { rewindClock, type StoredClock } from '../clock/clock-keeper.ts';
import { labErrors } from '../lab.errors.ts';
import type { Lab, LabSettings, RunningFork } from '../lab-types.ts';
import type { DatabaseCopy } from './copy-note.ts';
import { type DatabaseCopies, inDatabase } from './database-copies.ts';

/** Worlds of their own that were started from snapshots; they end with the process. */
export interface Forks {
  /** Starts one. @returns where it listens @throws ApiError `lab.fork_failed` */
  start(snapshot: DatabaseCopy): Promise<string>;
  /** Ends all and removes their databases. */
  stop(): Promise<void>;
}

/** A fork begins at the time of its snapshot. */
async function rewindCopy(address: DatabaseAddress): Promise<void> {
  const pool = new ReopenablePool(address, { maxConnections: 1, statementTimeoutMs: 30_000 });
  try {
    const { rows } = await pool.query<{ value: StoredClock }>(
      "select value from state where name = 'lab.clock'",
    );
    if (!rows[0]) return;
    const clock = createWorldClock();
    rewindClock(clock, rows[0].value);
    const stored = JSON.stringify({ ...clock.state(), atMs: clock.nowMs() });
    await pool.query("update state set value = $1 where name = 'lab.clock'", [stored]);
  } finally {
    await pool.end();
  }
}

function failed(reason: string, cause?: unknown): ApiError {
  return new ApiError(labErrors['lab.fork_failed'], { parameters: { reason }, cause });
}

/**
 * @param world the first world
 * @param makeLab makes the lab of a fork
 */
export function createForks(
  world: World,
  copies: DatabaseCopies,
  { startFork }: LabSettings,
  makeLab: () => Lab,
): Forks {
  const running = new Map<string, RunningFork>();
  let count = 0;
  return {
    async start({ database, name, savedAt }) {
      if (!startFork) throw failed('this server starts none');
      count += 1;
      const copy = await copies.copy(database, { kind: 'fork', name: `${name}-${count}`, savedAt });
      const address = inDatabase(world.store.pool.address, copy.database);
      try {
        await rewindCopy(address);
        const fork = await startFork(address, makeLab());
        running.set(copy.database, fork);
        return fork.baseUrl;
      } catch (error) {
        await copies.drop(copy.database);
        throw failed((error as Error).message, error);
      }
    },
    async stop() {
      for (const [database, fork] of running) {
        await fork.close();
        await copies.drop(database);
      }
      running.clear();
    },
  };
}
