import { ApiError, type Uuid } from '@moothall/core';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { accessMessage, readMessage } from '../messages/index.ts';
import { putReceipt } from './read-receipts.store.ts';

const acknowledgeMessage = { ...readMessage, name: 'read-receipts.acknowledge' };

/**
 * Notes that the caller has read a room up to a message, and emits `readReceipts:updated`; what they had read already
 * changes nothing.
 * @param roomId where they say that it is
 * @throws ApiError `message.not_found`
 */
export async function acknowledge(
  world: World,
  decider: Decider,
  { roomId, messageId }: { roomId: Uuid; messageId: Uuid },
): Promise<void> {
  const { actor, trace } = decider;
  const { message, room } = await accessMessage(world, decider, messageId, acknowledgeMessage);
  if (message.roomId !== roomId) throw new ApiError(acknowledgeMessage.unrelated);
  const row = {
    room_id: roomId,
    person_id: actor.personId,
    message_id: messageId,
    message_created: message.created,
    seen_at: world.clock.now(),
  };
  await world.store.tx(async (tx) => {
    if (!(await putReceipt(tx.db, row))) return;
    tx.emit({
      actorId: actor.personId,
      appId: actor.appId,
      traceId: trace.trackingId,
      orgId: room.orgId,
      roomId,
      resource: 'readReceipts',
      event: 'updated',
      dataId: `${actor.personId}:${roomId}`,
      data: { roomId, roomType: room.type, personId: actor.personId, messageId },
    });
  });
}
