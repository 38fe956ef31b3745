import { listOf, timeText } from '@moothall/contract';
import { z } from 'zod';
import { labErrors } from '../lab.errors.ts';
import { labOperation } from '../lab-operation.ts';

const testedBy = ['packages/lab/src/snapshots/snapshots.test.ts'];
const name = z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected 1 to 40 lower-case letters, digits and dashes');
const params = z.object({ name });

const snapshot = z.strictObject({
  name: z.string(),
  /** World time at which it was saved. */
  savedAt: timeText,
  /** Where a fork listens. */
  baseUrl: z.string().optional(),
});

/** Lists the snapshots of the world, oldest first. */
export const listSnapshots = labOperation({
  id: 'lab.snapshots.list',
  method: 'GET',
  path: '/snapshots',
  summary: 'List snapshots',
  response: listOf(snapshot),
  testedBy,
});

/** Saves a snapshot, or loads or forks one. */
export const postSnapshot = labOperation({
  id: 'lab.snapshots.save',
  method: 'POST',
  path: '/snapshots',
  summary: 'Save a snapshot of the world, or load or fork one',
  body: z.object({ name, action: z.enum(['save', 'load', 'fork']).default('save') }),
  response: snapshot,
  errors: [labErrors['lab.snapshot_not_found'], labErrors['lab.database_busy'], labErrors['lab.fork_failed']],
  testedBy,
});

/** Goes back to a snapshot. */
export const loadSnapshot = labOperation({
  id: 'lab.snapshots.load',
  method: 'POST',
  path: '/snapshots/{name}/load',
  summary: 'Go back to a snapshot',
  params,
  response: snapshot,
  errors: [labErrors['lab.snapshot_not_found'], labErrors['lab.database_busy']],
  testedBy,
});

/** Starts a world of its own from a snapshot. */
export const forkSnapshot = labOperation({
  id: 'lab.snapshots.fork',
  method: 'POST',
  path: '/snapshots/{name}/fork',
  summary: 'Start a world of its own from a snapshot',
  params,
  response: snapshot,
  errors: [labErrors['lab.snapshot_not_found'], labErrors['lab.fork_failed']],
  testedBy,
});

/** Removes a snapshot. */
export const deleteSnapshot = labOperation({
  id: 'lab.snapshots.delete',
  method: 'DELETE',
  path: '/snapshots/{name}',
  summary: 'Remove a snapshot',
  params,
  errors: [labErrors['lab.snapshot_not_found']],
  testedBy,
});

/** Goes back to the state after the first load. */
export const resetWorld = labOperation({
  id: 'lab.reset',
  method: 'POST',
  path: '/reset',
  summary: 'Go back to the state after the first load',
  body: z.object({}),
  response: z.strictObject({ epoch: z.int(), now: timeText }),
  errors: [labErrors['lab.snapshot_not_found'], labErrors['lab.database_busy']],
  testedBy,
});
