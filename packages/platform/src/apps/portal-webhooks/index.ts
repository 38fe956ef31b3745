import { resource } from '../../resource.ts';
import {
  getPortalDelivery,
  getPortalWebhook,
  listPortalDeliveries,
  listPortalWebhooks,
  redeliverPortalDelivery,
} from './portal-webhooks.contract.ts';
import { mountPortalWebhooks } from './portal-webhooks.routes.ts';

/** Webhooks and their deliveries as pages of the portal show them. */
export const portalWebhooks = resource({
  name: 'portal-webhooks',
  area: 'apps',
  operations: [
    listPortalWebhooks,
    getPortalWebhook,
    listPortalDeliveries,
    getPortalDelivery,
    redeliverPortalDelivery,
  ],
  routes: mountPortalWebhooks,
});
