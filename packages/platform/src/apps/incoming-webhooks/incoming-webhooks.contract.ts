import { operation } from '@moothall/contract';
import { z } from 'zod';
import { messageErrors } from '../../messaging/messages/messages.errors.ts';
import { roomErrors } from '../../messaging/room-access/room-access.errors.ts';
import { incomingWebhookErrors } from './incoming-webhooks.errors.ts';

/** Posts to the room of an incoming webhook; the token in the path is all that is asked for. */
export const postIncoming = operation({
  id: 'incomingWebhooks.post',
  method: 'POST',
  path: '/webhooks/incoming/{token}',
  summary: 'Post to a room by its incoming webhook',
  params: z.object({ token: z.string() }),
  body: z.object({ text: z.string().optional(), markdown: z.string().optional() }),
  errors: [
    incomingWebhookErrors['incoming_webhook.not_found'],
    messageErrors['message.empty'],
    messageErrors['message.too_long'],
    messageErrors['message.mention_unknown'],
    messageErrors['message.announcement_only'],
    roomErrors['room.not_found'],
    roomErrors['room.archived'],
    roomErrors['room.read_only'],
  ],
  source: 'as-observed',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/apps/incoming-webhooks/incoming-webhooks.test.ts'],
  },
});
