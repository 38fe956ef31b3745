import type { World } from '@moothall/platform';
import type { EPOCH_STATE } from '@moothall/store';

/** Names of the lab's rows in the `state` table. They go with the database into snapshots and forks. */
export type LabStateName = 'lab.clock' | 'lab.world' | 'lab.report' | 'lab.pending' | typeof EPOCH_STATE;

/** A value that the lab keeps with the world; undefined when it was never stored. */
export async function readState<Value>(world: World, name: LabStateName): Promise<Value | undefined> {
  const { rows } = await world.store.pool.query<{ value: Value }>('select value from state where name = $1', [
    name,
  ]);
  return rows[0]?.value;
}

/** Stores a value, which is $2 as the text of JSON, under the name $1, in place of the one before. */
export const WRITE_STATE =
  'insert into state (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value';

/** Stores a value with the world, in place of the one before. */
export async function writeState(world: World, name: LabStateName, value: unknown): Promise<void> {
  await world.store.pool.query(WRITE_STATE, [name, JSON.stringify(value)]);
}
