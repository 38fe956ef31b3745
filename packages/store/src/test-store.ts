import { randomBytes } from 'node:crypto';
import { createIds, createWorldClock, type WorldClock } from '@moothall/core';
import { createDatabase } from '@moothall/testkit';
import { inject } from 'vitest';
import { startWorkers, type Worker } from './jobs.ts';
import type { DatabaseAddress } from './pool.ts';
import type { QueueSpec } from './queue-spec.ts';
import { openStore, type Store } from './store.ts';

/** A store on a database of its own, with a clock that a test can stop. */
export type TestStore = {
  store: Store;
  clock: WorldClock;
  /** Another store on the same database and clock, as another process has it. */
  another(settings?: { notify?: boolean }): Store;
  close(): Promise<void>;
};

/** Opens a store for one test file. */
export async function openTestStore(): Promise<TestStore> {
  const database = await createDatabase(JSON.parse(inject('testServer')) as DatabaseAddress);
  const clock = createWorldClock();
  const open = (notify = false) =>
    openStore({ address: database.address, clock, ids: createIds(clock.nowMs, randomBytes), notify });
  const stores = [open()];
  return {
    store: stores[0]!,
    clock,
    another({ notify } = {}) {
      stores.push(open(notify));
      return stores.at(-1)!;
    },
    async close() {
      await Promise.all(stores.map((store) => store.close()));
      await database.drop();
    },
  };
}

/** Starts the worker of one queue. */
export async function startWorker(
  store: Store,
  clock: WorldClock,
  spec: QueueSpec,
  onError: (error: unknown) => void,
): Promise<Worker> {
  return (await startWorkers(store, clock, [spec], onError))[0]!;
}
