import { resource } from '../../resource.ts';
import { postIncoming } from './incoming-webhooks.contract.ts';
import { incomingWebhookErrors } from './incoming-webhooks.errors.ts';
import { endIncomingWebhooksOf, postIncomingMessage } from './incoming-webhooks.service.ts';
import { incomingWebhookMigrations } from './incoming-webhooks.table.ts';

export { createIncomingWebhook } from './incoming-webhooks.service.ts';

/** Incoming webhooks: a URL that posts to one room. */
export const incomingWebhooks = resource({
  name: 'incomingWebhooks',
  area: 'apps',
  operations: [postIncoming],
  errors: incomingWebhookErrors,
  migrations: incomingWebhookMigrations,
  personDeleted: endIncomingWebhooksOf,
  routes(mount, world) {
    mount(postIncoming, async ({ params, body, trace }) => {
      await postIncomingMessage(world, params.token, body, trace);
      return undefined;
    });
  },
});
