import { ApiError } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { sql } from 'kysely';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { accessRoom, forgetMembership, forgetRoom } from '../room-access/index.ts';
import { postToRoom } from './message-access.ts';
import type { PostCommand } from './message-commit.ts';
import { messageErrors } from './messages.errors.ts';
import { insertMessage, type MessageRow } from './messages.store.ts';
import { unhideRoom } from './unhide-room.ts';

const TRIES = 3;

/** Holds the room and the author's place in it as they are; false when the author may not post. */
async function holdRoom(tx: Tx, row: MessageRow): Promise<boolean> {
  const { rows } = await sql`
    select 1 from room join membership on membership.room_id = room.id and membership.person_id = ${row.personId}
    where room.id = ${row.roomId} and room.deleted_at is null and room.archived_at is null
      and not room.is_read_only and (membership.is_moderator or not room.is_announcement_only)
    for no key update of room for share of membership`.execute(tx.db);
  return rows.length > 0;
}

async function tryOnce(world: World, command: PostCommand): Promise<boolean> {
  const { row, cardNotes, event } = command;
  return world.store.tx(async (tx) => {
    if (!(await holdRoom(tx, row))) return false;
    await insertMessage(tx.db, row, cardNotes);
    await sql`update room set last_activity = greatest(last_activity, ${row.created}::timestamptz)
      where id = ${row.roomId}`.execute(tx.db);
    tx.emit(event);
    await unhideRoom(tx, row.roomId, event);
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
