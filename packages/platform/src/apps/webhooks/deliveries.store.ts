import type { Tx } from '@moothall/store';
import { sql } from 'kysely';
import type { World } from '../../world.ts';
import { DELIVERY_QUEUE } from './delivery.ts';

/** Why a delivery was given up. */
export type GivenUp = 'webhook deleted' | 'webhook inactive' | 'all tries failed';

/**
 * Moves what webhooks have still to deliver to the dead letters.
 * @param exceptId the job in hand, whose deliveries its worker ends
 */
export async function endDeliveries(
  world: World,
  tx: Tx,
  webhookIds: readonly string[],
  reason: GivenUp,
  exceptId?: string,
): Promise<void> {
  await sql`
    update job set state = 'dead', finished_at = ${world.clock.now()},
      result = coalesce(result, '{}') || jsonb_build_object('reason', ${reason}::text)
    from lane
    where lane.queue = ${DELIVERY_QUEUE} and lane.lane = any(${webhookIds}::text[])
      and job.queue = lane.queue and job.lane = lane.lane and job.seq > lane.after_seq
      and job.state = 'pending' and job.id is distinct from ${exceptId ?? null}::uuid`.execute(tx.db);
}

/**
 * Deliveries of a webhook that wait behind the one in hand and were asked for since `since`.
 * @param inHand the job in hand, and how many of its deliveries are not behind
 */
export async function countHeld(
  tx: Tx,
  webhookId: string,
  inHand: { jobId: string; reached: number },
  since: Date,
): Promise<number> {
  const { rows } = await sql<{ held: number | null }>`
    select sum(coalesce((payload->>'events')::int, 1)
        - case when id = ${inHand.jobId}::uuid then ${inHand.reached}::int else 0 end)::int as held
    from lane join job using (queue, lane)
    where queue = ${DELIVERY_QUEUE} and lane = ${webhookId} and seq > after_seq
      and state = 'pending' and created > ${since}`.execute(tx.db);
  return rows[0]?.held ?? 0;
}
