import type { Tx } from '@moothall/store';
import { sql } from 'kysely';
import type { World } from '../../world.ts';
import { DELIVERY_QUEUE } from './delivery.ts';

/** Why a delivery was given up. */
export type GivenUp = 'webhook deleted' | 'webhook inactive' | 'all tries failed';

/**
 * Moves what webhooks have still to deliver to the dead letters.
 * @param exceptId the delivery in hand, which its worker ends
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
    where queue = ${DELIVERY_QUEUE} and lane = any(${webhookIds}::text[]) and state = 'pending'
      and id is distinct from ${exceptId ?? null}::uuid`.execute(tx.db);
}
