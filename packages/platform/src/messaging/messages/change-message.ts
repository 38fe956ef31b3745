import { ApiError, type Uuid } from '@moothall/core';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { findMembershipFacts } from '../room-access/index.ts';
import { accessMessage, deleteMessage, editMessage } from './message-access.ts';
import { renderBody } from './message-body.ts';
import { checkWords } from './message-content.ts';
import { messageEvent } from './message-event.ts';
import { messageErrors } from './messages.errors.ts';
import { lockMessage, type MessageRow, markDeleted, updateBody } from './messages.store.ts';
import { causeOf, type PostedMessage } from './post-message.ts';

/** Other words for a message. */
export type EditRequest = {
  messageId: Uuid;
  roomId?: Uuid | undefined;
  text?: string | null | undefined;
  markdown?: string | null | undefined;
};

/**
 * Gives one's own message other words and emits `messages:updated`.
 * @throws ApiError `message.room_null`, `message.other_room`, `message.not_found`, `message.edit_with_files`,
 *   `message.edits_spent` after ten edits (documented), 400 for the form of the words
 */
export async function edit(world: World, decider: Decider, request: EditRequest): Promise<PostedMessage> {
  if (request.roomId === undefined) throw new ApiError(messageErrors['message.room_null']);
  const words = checkWords(world, request);
  if (words.text === undefined && words.markdown === undefined)
    throw new ApiError(messageErrors['message.empty']);
  const { message, room } = await accessMessage(world, decider, request.messageId, editMessage);
  if (message.roomId !== request.roomId) throw new ApiError(messageErrors['message.other_room']);
  const isMember = async (personId: Uuid) =>
    (await findMembershipFacts(world, room.id, personId)) !== undefined;
  const body = await renderBody(world, words, isMember);
  const row = await world.store.tx(async (tx) => {
    const edits = await lockMessage(tx.db, message);
    if (edits === undefined) throw new ApiError(messageErrors['message.not_found']);
    checkEdits(world, edits);
    const changed: MessageRow = { ...message, ...body, edits: edits + 1, updated: world.clock.now() };
    await updateBody(tx.db, changed);
    tx.emit(messageEvent('updated', changed, room, causeOf(decider)));
    return changed;
  });
  return { row, roomType: room.type };
}

function checkEdits(world: World, edits: number): void {
  const limit = world.limits.get('message.edits');
  if (edits >= limit)
    throw new ApiError(messageErrors['message.edits_spent'], { parameters: { limit: String(limit) } });
}

/**
 * Deletes a message and emits `messages:deleted`. Its content stays for compliance; replies stay too.
 * @throws ApiError `message.not_found`; `message.gone` for a compliance officer who deletes it again (documented)
 */
export async function remove(world: World, decider: Decider, messageId: Uuid): Promise<void> {
  const { message, room, capacity } = await accessMessage(world, decider, messageId, deleteMessage);
  await world.store.tx(async (tx) => {
    if (!(await markDeleted(tx.db, message, world.clock.now())))
      throw new ApiError(messageErrors[capacity === 'compliance' ? 'message.gone' : 'message.not_found']);
    tx.emit(messageEvent('deleted', message, room, causeOf(decider)));
  });
}
