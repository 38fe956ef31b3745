import { ApiError, type Uuid } from '@moothall/core';
import type { NewEvent, Tx } from '@moothall/store';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import {
  accessRoom,
  emitMembership,
  forgetMembership,
  forgetRoom,
  membershipData,
} from '../room-access/index.ts';
import { postToRoom } from './message-access.ts';
import type { PostCommand } from './message-commit.store.ts';
import { messageErrors } from './messages.errors.ts';
import { insertMessage } from './messages.store.ts';
import { holdRoom, touchRoom, unhideMemberships } from './posting.store.ts';

const TRIES = 3;

/** A new message brings a hidden direct room back (documented), with `memberships:updated` for who had hidden it. */
async function unhide(tx: Tx, roomId: Uuid, { actorId, appId, traceId }: NewEvent): Promise<void> {
  const cause = { actorId: actorId!, appId, traceId };
  for (const { personId, roomOrgId, isModerator, created, ...person } of await unhideMemberships(
    tx,
    roomId,
  )) {
    const room = { id: roomId, type: 'direct' as const, orgId: roomOrgId };
    const record = { is_moderator: isModerator, is_room_hidden: false, created };
    emitMembership(tx, 'updated', room, membershipData(room, { ...person, id: personId }, record), cause);
  }
}

async function tryOnce(world: World, { row, cardNotes, event }: PostCommand): Promise<boolean> {
  return world.store.tx(async (tx) => {
    if (!(await holdRoom(tx, row))) return false;
    await insertMessage(tx.db, row, cardNotes);
    await touchRoom(tx, row);
    tx.emit(event);
    await unhide(tx, row.roomId, event);
    return true;
  });
}

/**
 * Posts what the shared commit did not: it decides anew from fresh facts, then writes in a transaction
 * of its own, which also brings back a direct room that somebody has hidden.
 * @throws ApiError as posting does; 409 `message.busy` when the room keeps changing meanwhile
 */
export async function postAlone(world: World, decider: Decider, command: PostCommand): Promise<void> {
  const { roomId, personId } = command.row;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    forgetRoom(world, roomId);
    forgetMembership(world, roomId, personId);
    await accessRoom(world, decider, roomId, postToRoom);
    if (await tryOnce(world, command)) return;
  }
  throw new ApiError(messageErrors['message.busy']);
}
