import { ApiError } from '@moothall/core';
import { allMigrations, type Platform, type World } from '@moothall/platform';
import { migrate, ReopenablePool } from '@moothall/store';
import { storeClock } from '../clock/clock-keeper.ts';
import { labErrors } from '../lab.errors.ts';
import type { Lab, LabSettings } from '../lab-types.ts';
import type { DatabaseCopy } from './copy-note.ts';
import { createCopyReplacement } from './copy-replacement.ts';
import { createDatabaseCopies, databaseOf, inDatabase } from './database-copies.ts';
import { createForks } from './forks.ts';
import { createKeptRows } from './kept-rows.ts';
import { atStandstill, withoutConnections } from './replace-world.ts';
import { createResets } from './resets.ts';
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

/** A copy may be of an earlier release. */
async function bringUp(world: World, database: string): Promise<void> {
  const address = inDatabase(world.store.pool.address, database);
  const pool = new ReopenablePool(address, { maxConnections: 1, statementTimeoutMs: 30_000 });
  try {
    await migrate(pool, allMigrations(world.resources));
  } finally {
    await pool.end();
  }
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
  const copies = createDatabaseCopies(settings.maintenance, live, (database) => bringUp(world, database));
  const forks = createForks(world, copies, settings, makeLab);
  const kept = createKeptRows(world);
  const replaceable = { platform, gate, copies, kept };
  const replacement = createCopyReplacement(replaceable);
  const resets = createResets(replaceable, replacement);

  const noteFor = (kind: 'base' | 'snapshot', name: string) => ({
    kind,
    name,
    savedAt: world.clock.now().toISOString(),
    id: world.ids.uuid(),
  });

  async function find(name: string): Promise<DatabaseCopy> {
    const known = (await copies.list()).filter(({ kind }) => kind === 'snapshot');
    const found = known.find((copy) => copy.name === name);
    if (found) return found;
    const names = known.map((copy) => copy.name).join(', ');
    const hint = names === '' ? 'none was saved yet' : `there are: ${names}`;
    throw new ApiError(labErrors['lab.snapshot_not_found'], { parameters: { name, hint } });
  }

  async function copyLive(kind: 'base' | 'snapshot', name: string): Promise<DatabaseCopy> {
    await kept.disconnect();
    return withoutConnections(world.store, () => copies.copy(live(), noteFor(kind, name)));
  }

  return {
    list: async () => (await copies.list()).filter(({ kind }) => kind === 'snapshot'),
    async save(name) {
      await storeClock(world);
      const saved = await atStandstill(platform, gate, () => copyLive('snapshot', name));
      void resets.prepareNext();
      return saved;
    },
    async load(name) {
      const snapshot = await find(name);
      const epoch = await replacement.by(() => copies.prepareSwap(snapshot));
      replacement.tidyAfter(resets.prepareNext());
      return { ...snapshot, epoch };
    },
    async fork(name) {
      const snapshot = await find(name);
      return { ...snapshot, baseUrl: await forks.start(snapshot) };
    },
    async remove(name) {
      await copies.drop((await find(name)).database);
    },
    reset: resets.reset,
    async saveBase({ anew }) {
      const known = await copies.list();
      for (const { kind, database } of known) if (kind === 'fork') await copies.drop(database);
      await copies.removeSwapped();
      const base = anew ? undefined : known.find(({ kind }) => kind === 'base');
      if (!base) await storeClock(world);
      await resets.begin(base ?? (await copyLive('base', 'base')), !base);
    },
    alone: copies.alone,
    async stop() {
      await forks.stop();
      await kept.close();
      await resets.stop();
      await replacement.stop();
      await copies.close();
    },
  };
}
