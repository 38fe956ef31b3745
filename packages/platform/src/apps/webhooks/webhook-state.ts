import type { World } from '../../world.ts';

/** What a delivery asks about its webhook just before it is sent; cached until the webhook changes. */
export type WebhookState = { status: 'active' | 'inactive'; createdBy: string; appId: string };

/** The state of a webhook; undefined when there is none any more. */
export async function findWebhookState(world: World, id: string): Promise<WebhookState | undefined> {
  const cache = world.caches.named<WebhookState>('webhook');
  const known = cache.get(id);
  if (known) return known;
  const version = cache.version();
  const { rows } = await world.store.pool.query<WebhookState>(
    'select status, created_by as "createdBy", app_id as "appId" from webhook where id = $1',
    [id],
  );
  if (rows[0]) cache.set(id, rows[0], version);
  return rows[0];
}

const ANY = 'any';

/**
 * Whether any webhook is active. The answer is kept where no other process can change it; elsewhere
 * a stale one would lose events for good.
 */
export async function hasActiveWebhooks(world: World): Promise<boolean> {
  const cache = world.caches.named<boolean>('webhooks.active');
  const known = world.store.shared ? undefined : cache.get(ANY);
  if (known !== undefined) return known;
  const version = cache.version();
  const { rows } = await world.store.pool.query("select 1 from webhook where status = 'active' limit 1");
  cache.set(ANY, rows.length > 0, version);
  return rows.length > 0;
}

/** Forgets what is cached of a webhook, in `tx.onCommit` of the transaction that changed it. */
export function forgetWebhook(world: World, id: string): void {
  world.caches.named<WebhookState>('webhook').delete(id);
  world.caches.named<boolean>('webhooks.active').delete(ANY);
}
