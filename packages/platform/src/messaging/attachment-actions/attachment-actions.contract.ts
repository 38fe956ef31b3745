import { idText, operation, timeText, userAccess, wireUuid } from '@moothall/contract';
import { z } from 'zod';
import { messageErrors } from '../messages/messages.errors.ts';
import { roomErrors } from '../room-access/room-access.errors.ts';
import { attachmentActionErrors } from './attachment-actions.errors.ts';

const testedBy = ['packages/platform/src/messaging/attachment-actions/attachment-actions.test.ts'];

/** An attachment action on the wire. */
export const attachmentAction = z.strictObject({
  id: idText,
  type: z.literal('submit'),
  messageId: idText,
  inputs: z.record(z.string(), z.unknown()),
  personId: idText,
  roomId: idText,
  created: timeText,
});

/** Submits what somebody entered on a card. */
export const createAttachmentAction = operation({
  id: 'attachmentActions.create',
  method: 'POST',
  path: '/attachment/actions',
  summary: 'Create an attachment action',
  access: userAccess('spark:messages_write'),
  body: z.object({
    type: z.string().nullish(),
    messageId: wireUuid('MESSAGE').nullish(),
    inputs: z.unknown().optional(),
  }),
  response: attachmentAction,
  errors: [
    messageErrors['message.not_found'],
    attachmentActionErrors['attachment_action.no_card'],
    attachmentActionErrors['attachment_action.own_card'],
    attachmentActionErrors['attachment_action.message_required'],
    attachmentActionErrors['attachment_action.type'],
    attachmentActionErrors['attachment_action.inputs'],
    attachmentActionErrors['attachment_action.inputs_size'],
    roomErrors['room.archived'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Shows an attachment action with its inputs. */
export const getAttachmentAction = operation({
  id: 'attachmentActions.get',
  method: 'GET',
  path: '/attachment/actions/{id}',
  summary: 'Get attachment action details',
  access: userAccess('spark:messages_read'),
  params: z.object({ id: wireUuid('ATTACHMENT_ACTION') }),
  response: attachmentAction,
  errors: [attachmentActionErrors['attachment_action.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});
