import { uuidOfBytes } from '@moothall/core';
import type { QueueSpec } from '@moothall/store';
import type { World } from '../../world.ts';
import { DELIVERY_QUEUE } from './delivery.ts';

const EVERY_MS = 21_600_000;
const BATCH = 1000;

/** Ids begin with their time: the key's own index finds what is old. */
const PURGE = `
  delete from job where id in (
    select id from job where id < $1 and queue = $2 and state <> 'pending' and finished_at < $3
    order by id limit ${BATCH})`;

/**
 * Jobs and their parts are written in one transaction, at one time: what is older than the oldest job
 * that is left belongs to none. The hour is for clocks that were set back.
 */
const PURGE_PARTS = `
  delete from job_part where id in (
    select id from job_part where id < $1 and queue = $2 and created < coalesce(
      (select created from job where queue = $2 order by id limit 1), 'infinity') - interval '1 hour'
    order by id limit ${BATCH})`;

function firstIdAt(ms: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.max(ms, 0), 0, 6);
  return uuidOfBytes(bytes);
}

/** Repeats a statement that deletes a batch until none is left. @returns how many rows it deleted */
async function inBatches(world: World, statement: string, values: unknown[]): Promise<number> {
  let deleted = 0;
  for (let count = BATCH; count === BATCH; deleted += count)
    count = (await world.store.pool.query(statement, values)).rowCount ?? 0;
  return deleted;
}

/** Forgets finished deliveries that are older than `webhook.log_kept`, in small transactions. */
export function purgeQueue(world: World): QueueSpec {
  return {
    queue: 'webhooks.purge',
    everyMs: EVERY_MS,
    async run() {
      const cut = world.clock.nowMs() - world.limits.get('webhook.log_kept') * 1000;
      const values = [firstIdAt(cut), DELIVERY_QUEUE];
      const purged = await inBatches(world, PURGE, [...values, new Date(cut)]);
      await inBatches(world, PURGE_PARTS, values);
      return { done: { purged } };
    },
  };
}
