import { encodeWireId } from '@moothall/core';
import type { z } from 'zod';
import type { World } from '../../world.ts';
import type { webhook } from './webhooks.contract.ts';
import type { WebhookRow } from './webhooks.store.ts';

type Wire = z.input<typeof webhook>;

/**
 * A webhook in wire form, its keys in the order of the real service.
 * @param viewerId who looks; only the creator gets the secret
 */
export function presentWebhook(world: World, row: WebhookRow, viewerId: string): Wire {
  return {
    id: encodeWireId('WEBHOOK', row.id),
    name: row.name,
    targetUrl: row.target_url,
    resource: row.resource,
    event: row.event,
    ...(row.filter !== null && { filter: row.filter }),
    ...(row.secret !== null && row.created_by === viewerId && { secret: world.secrets.open(row.secret) }),
    orgId: encodeWireId('ORGANIZATION', row.org_id),
    createdBy: encodeWireId('PEOPLE', row.created_by),
    appId: encodeWireId('APPLICATION', row.app_id),
    ownedBy: row.owned_by,
    status: row.status,
    created: row.created.toISOString(),
  };
}
