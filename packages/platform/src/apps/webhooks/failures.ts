import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { countHeld, endDeliveries } from './deliveries.store.ts';
import { forgetWebhook } from './webhook-state.ts';
import { changeWebhook, lockHealth } from './webhooks.store.ts';

async function deactivate(
  world: World,
  tx: Tx,
  webhook: { id: string; orgId: string },
  jobId: string,
): Promise<void> {
  await changeWebhook(tx.db, webhook.id, { status: 'inactive', failed_at: [], probation_until: null });
  await endDeliveries(world, tx, [webhook.id], 'webhook inactive', jobId);
  tx.emit({
    orgId: webhook.orgId,
    resource: 'webhooks',
    event: 'updated',
    dataId: webhook.id,
    data: { id: webhook.id, status: 'inactive' },
  });
  tx.onCommit(() => forgetWebhook(world, webhook.id));
}

/**
 * Counts a failed try. 100 within five minutes make a webhook inactive, after a revival one does
 * (documented). When a delivery's last try fails, those held back behind it count too: without the
 * order that is kept here each of them would have failed by itself (decided).
 * @param failed the job in hand, and how many of its deliveries have had their first try
 * @returns true when the webhook is inactive now
 */
export function recordFailure(
  world: World,
  webhookId: string,
  failed: { jobId: string; reached: number; isLast: boolean },
): Promise<boolean> {
  const now = world.clock.now();
  const since = new Date(now.getTime() - world.limits.get('webhook.failure_window') * 1000);
  return world.store.tx(async (tx) => {
    const health = await lockHealth(tx.db, webhookId);
    if (!health || health.status === 'inactive') return health !== undefined;
    const failures = [...health.failed_at.filter((at) => at > since && at <= now), now];
    const held = failed.isLast ? await countHeld(tx, webhookId, failed, since) : 0;
    const onProbation = health.probation_until !== null && now < health.probation_until;
    if (onProbation || failures.length + held >= world.limits.get('webhook.failures')) {
      await deactivate(world, tx, { id: webhookId, orgId: health.org_id }, failed.jobId);
      return true;
    }
    await changeWebhook(tx.db, webhookId, { failed_at: failures });
    return false;
  });
}
