import { encodeWireId } from '@moothall/core';
import type { StoredEvent } from '@moothall/store';
import type { z } from 'zod';
import type { attachmentAction } from './attachment-actions.contract.ts';
import type { ActionRow } from './attachment-actions.store.ts';

/** An attachment action in wire form. */
export function presentAction(row: ActionRow): z.input<typeof attachmentAction> {
  return {
    id: encodeWireId('ATTACHMENT_ACTION', row.id),
    type: row.type,
    messageId: encodeWireId('MESSAGE', row.messageId),
    inputs: row.inputs,
    personId: encodeWireId('PEOPLE', row.personId),
    roomId: encodeWireId('ROOM', row.roomId),
    created: row.created.toISOString(),
  };
}

/** `data` of a webhook about an attachment action: all but the inputs (documented). */
export function presentActionEvent({ data }: StoredEvent): Record<string, unknown> {
  return {
    id: encodeWireId('ATTACHMENT_ACTION', data.id as string),
    type: data.type,
    messageId: encodeWireId('MESSAGE', data.messageId as string),
    personId: encodeWireId('PEOPLE', data.personId as string),
    roomId: encodeWireId('ROOM', data.roomId as string),
    created: data.created,
  };
}
