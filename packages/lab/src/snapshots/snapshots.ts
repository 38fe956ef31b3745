import { ApiError } from '@moothall/core';
import type { Platform } from '@moothall/platform';
import { storeClock } from '../clock/clock-keeper.ts';
import { labErrors } from '../lab.errors.ts';
import type { Lab, LabSettings } from '../lab-types.ts';
import { createDatabaseCopies, type DatabaseCopy, databaseOf } from './database-copies.ts';
import { createForks } from './forks.ts';
import { atStandstill, replaceWorld, withoutConnections } from './replace-world.ts';
import { createSpareCopy } from './spare-copy.ts';
import type { WorldGate } from './world-gate.ts';

/** Saved states of one world. */
export interface Snapshots {
  list(): Promise<DatabaseCopy[]>;
  /** Saves the world as it is, in place of a snapshot of the same name. */
  save(name: string): Promise<DatabaseCopy>;
  /** Goes back to a snapshot. @returns it, and the new epoch @throws ApiError `lab.snapshot_not_found` */
  load(name: string): Promise<DatabaseCopy & { epoch: number }>;
  /** Starts a world of its own from a snapshot. @throws ApiError `lab.snapshot_not_found`, `lab.fork_failed` */
  fork(name: string): Promise<DatabaseCopy & { baseUrl: string }>;
  /** @throws ApiError `lab.snapshot_not_found` */
  remove(name: string): Promise<void>;
  /** Goes back to the state after the first load. @returns the new epoch */
  reset(): Promise<number>;
  /** Keeps what `reset` returns to, unless it is kept already or asked for anew; before the platform works. */
  saveBase(options: { anew: boolean }): Promise<void>;
  /** Runs a start while no other process starts on this database. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** @param makeLab makes the lab of a fork */
export function createSnapshots(
  platform: Platform,
  gate: WorldGate,
  settings: LabSettings,
  makeLab: () => Lab,
): Snapshots {
  const { world } = platform;
  const live = () => databaseOf(world.store.pool.address);
  const copies = createDatabaseCopies(settings.maintenance, live);
  const forks = createForks(world, copies, settings, makeLab);
  const spare = createSpareCopy(copies);
  let tidying: Promise<void> = Promise.resolve();

  const noteFor = (kind: 'base' | 'snapshot', name: string) => ({
    kind,
    name,
    savedAt: world.clock.now().toISOString(),
  });

  async function find(name: string): Promise<DatabaseCopy> {
    const known = (await copies.list()).filter(({ kind }) => kind === 'snapshot');
    const found = known.find((copy) => copy.name === name);
    if (found) return found;
    const names = known.map((copy) => copy.name).join(', ');
    const hint = names === '' ? 'none was saved yet' : `there are: ${names}`;
    throw new ApiError(labErrors['lab.snapshot_not_found'], { parameters: { name, hint } });
  }

  async function goBackTo(prepared: string): Promise<number> {
    await tidying;
    const epoch = await replaceWorld(platform, gate, copies, prepared);
    // The replaced database is dropped behind the reply; nothing needs its name before the next swap.
    tidying = copies.removeSwapped().catch((error: unknown) => world.log.warn({ err: error }, 'not dropped'));
    return epoch;
  }

  return {
    list: async () => (await copies.list()).filter(({ kind }) => kind === 'snapshot'),
    save: (name) => atStandstill(platform, gate, () => copies.copy(live(), noteFor('snapshot', name))),
    async load(name) {
      const snapshot = await find(name);
      return { ...snapshot, epoch: await goBackTo(await copies.prepareSwap(snapshot.database)) };
    },
    async fork(name) {
      const snapshot = await find(name);
      return { ...snapshot, baseUrl: await forks.start(snapshot) };
    },
    async remove(name) {
      await copies.drop((await find(name)).database);
    },
    async reset() {
      const epoch = await goBackTo(await spare.take());
      spare.makeSoon();
      return epoch;
    },
    async saveBase({ anew }) {
      const known = await copies.list();
      for (const { kind, database } of known) if (kind === 'fork') await copies.drop(database);
      await copies.removeSwapped();
      let base = anew ? undefined : known.find(({ kind }) => kind === 'base');
      if (!base) {
        await storeClock(world);
        base = await withoutConnections(world, () => copies.copy(live(), noteFor('base', 'base')));
      }
      spare.makeSoon(base.database);
    },
    alone: copies.alone,
    async stop() {
      await forks.stop();
      await tidying;
      await spare.stop();
      await copies.close();
    },
  };
}
