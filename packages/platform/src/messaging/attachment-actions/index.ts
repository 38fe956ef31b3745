import { resource } from '../../resource.ts';
import { idFilter } from '../../webhook-filters.ts';
import { roomIdFilter } from '../room-access/index.ts';
import { createAttachmentAction, getAttachmentAction } from './attachment-actions.contract.ts';
import { attachmentActionErrors } from './attachment-actions.errors.ts';
import { presentActionEvent } from './attachment-actions.present.ts';
import { mountAttachmentActions } from './attachment-actions.routes.ts';
import { attachmentActionMigrations } from './attachment-actions.table.ts';

export { submit as submitAttachmentAction } from './attachment-actions.service.ts';
export { findInputs } from './attachment-actions.store.ts';
export type { AttachmentActionTable } from './attachment-actions.table.ts';

/** What people submit on cards. */
export const attachmentActions = resource({
  name: 'attachmentActions',
  area: 'messaging',
  operations: [createAttachmentAction, getAttachmentAction],
  errors: attachmentActionErrors,
  migrations: attachmentActionMigrations,
  routes: mountAttachmentActions,
  webhook: {
    resource: 'attachmentActions',
    events: ['created'],
    readScopes: ['spark:messages_read'],
    inFirehose: false,
    filters: {
      messageId: idFilter('messageId', ['MESSAGE']),
      personId: idFilter('personId', ['PEOPLE']),
      roomId: roomIdFilter,
    },
    // People of the room hear of every action in it, a bot of those on its own cards (decided).
    mayHear: ({ data }, { personId, type }) => type !== 'bot' || data.cardAuthorId === personId,
    present: presentActionEvent,
  },
});
