import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { Cause } from '../../messaging/room-access/index.ts';
import type { World } from '../../world.ts';
import { endDeliveries } from './deliveries.store.ts';
import { forgetWebhook } from './webhook-state.ts';
import { removeWebhooks } from './webhooks.store.ts';

/** A person who is gone takes their webhooks along (documented); a bot's live on without its owner. */
export async function endWebhooksOf(world: World, tx: Tx, personId: Uuid, cause: Cause): Promise<void> {
  const rows = await removeWebhooks(tx.db, { createdBy: personId });
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) await endDeliveries(world, tx, ids, 'webhook deleted');
  for (const row of rows) {
    const data = { id: row.id, createdBy: row.created_by };
    tx.emit({ ...cause, orgId: row.org_id, resource: 'webhooks', event: 'deleted', dataId: row.id, data });
    tx.onCommit(() => forgetWebhook(world, row.id));
  }
}
