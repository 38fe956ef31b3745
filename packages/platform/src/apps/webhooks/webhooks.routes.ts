import type { Mount } from '@moothall/http';
import { decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  updateWebhook,
} from './webhooks.contract.ts';
import { presentWebhook } from './webhooks.present.ts';
import * as service from './webhooks.service.ts';
import type { WebhookRow } from './webhooks.store.ts';

/** Ties the operations of webhooks to their handlers. */
export function mountWebhooks(mount: Mount, world: World): void {
  const presentFor = (viewerId: string) => (row: WebhookRow) => presentWebhook(world, row, viewerId);
  mount(createWebhook, async (request) =>
    presentFor(request.actor.personId)(await service.makeWebhook(world, request, request.body)),
  );
  mount(listWebhooks, async (request) => {
    const { max, cursor, ownedBy } = request.query;
    const afterId = cursor === undefined ? undefined : decodeKeyset(cursor, { byTime: false }).id;
    const rows = await service.listWebhooks(world, request, ownedBy, { max, afterId });
    return pageOf(rows, max, presentFor(request.actor.personId), ({ id }) => ({ key: '', id }));
  });
  mount(getWebhook, async (request) =>
    presentFor(request.actor.personId)(await service.showWebhook(world, request, request.params.webhookId)),
  );
  mount(updateWebhook, async (request) => {
    const { params, body, actor } = request;
    return presentFor(actor.personId)(await service.updateWebhook(world, request, params.webhookId, body));
  });
  mount(deleteWebhook, async (request) => {
    await service.deleteWebhook(world, request, request.params.webhookId);
    return undefined;
  });
}
