import { resource } from '../../resource.ts';
import { deliveryQueue } from './deliver.ts';
import { createDispatcher } from './dispatch.ts';
import { endWebhooksOf } from './end-webhooks.ts';
import { purgeQueue } from './purge.ts';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  updateWebhook,
} from './webhooks.contract.ts';
import { webhookErrors } from './webhooks.errors.ts';
import { mountWebhooks } from './webhooks.routes.ts';
import { webhookMigrations } from './webhooks.table.ts';

export { type Delivery, listDeliveries, redeliver } from './delivery-log.ts';
export { webhookErrors } from './webhooks.errors.ts';
export type { WebhookTable } from './webhooks.table.ts';

/** Webhooks: what happens in the rooms of their creators, posted to a URL. */
export const webhooks = resource({
  name: 'webhooks',
  area: 'apps',
  operations: [createWebhook, listWebhooks, getWebhook, updateWebhook, deleteWebhook],
  errors: webhookErrors,
  migrations: webhookMigrations,
  routes: mountWebhooks,
  personDeleted: endWebhooksOf,
  queues: (world) => [deliveryQueue(world), purgeQueue(world)],
  readers: (world) => [createDispatcher(world)],
});
