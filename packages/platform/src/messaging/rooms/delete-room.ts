import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import {
  accessRoom,
  type Cause,
  changeRoom,
  emitRoom,
  forgetRoom,
  type MembershipFacts,
  type RoomFacts,
  removeMembers,
  roomAction,
  roomErrors,
  roomFactsOf,
} from '../room-access/index.ts';
import { roomWriteErrors } from './rooms.errors.ts';
import { lockRoom, markDeleted, type RoomRow } from './rooms.store.ts';

const deleteAction = roomAction('rooms.delete');

/** What a member's request to delete a room comes to. */
type Fate = 'delete' | 'archive' | 'leave';

/**
 * A locked room is its moderators' to delete, an unlocked one its creator's (decided); others leave it instead
 * (documented, against accidents). A team's room is archived (documented).
 */
function fateOf(room: RoomFacts, membership: MembershipFacts | undefined, personId: Uuid): Fate {
  const isOwn = room.isLocked ? membership?.isModerator : room.creatorId === personId;
  if (!isOwn) return 'leave';
  return room.teamId === null ? 'delete' : 'archive';
}

function assertCanGo(room: RoomFacts): void {
  if (room.type === 'direct') throw new ApiError(roomWriteErrors['room.direct_stays']);
  if (room.teamId === room.id) throw new ApiError(roomWriteErrors['room.general_stays']);
}

/** The room's event names those who were in it: nobody is left to look up when it is told. */
async function remove(world: World, tx: Tx, row: RoomRow, cause: Cause): Promise<void> {
  const memberIds = await removeMembers(world, tx, [roomFactsOf(row)], { cause });
  await markDeleted(tx.db, row.id, world.clock.now());
  emitRoom(tx, 'deleted', row, cause, { memberIds });
  tx.onCommit(() => forgetRoom(world, row.id));
}

/**
 * Deletes a room, archives one of a team, or takes the caller out of a room that they may not delete.
 * @throws ApiError `room.not_found`, `room.direct_stays`, `room.general_stays`
 */
export async function deleteRoom(world: World, decider: Decider, roomId: Uuid): Promise<void> {
  const { membership } = await accessRoom(world, decider, roomId, deleteAction);
  const { actor, trace } = decider;
  const { personId } = actor;
  const cause = { actorId: personId, appId: actor.appId, traceId: trace.trackingId };
  await world.store.tx(async (tx) => {
    const row = await lockRoom(tx.db, roomId, personId);
    if (!row) throw new ApiError(roomErrors['room.not_found']);
    const room = roomFactsOf(row);
    assertCanGo(room);
    const fate = fateOf(room, membership, personId);
    if (fate === 'delete') await remove(world, tx, row, cause);
    if (fate === 'leave') await removeMembers(world, tx, [room], { personId, cause });
    if (fate === 'archive' && !room.archived)
      await changeRoom(world, tx, roomId, { archived_at: world.clock.now() }, cause);
  });
}
